import { useFrame } from "./frame";

/** One line above an HTML paper. */
export function Offer({ onGloss }: { onGloss: () => void }) {
  const { words } = useFrame();
  return (
    <div class="bar">
      <header>
        <span class="name">{words.panel}</span>
        <button type="button" class="button first" onClick={onGloss}>
          {words.fullText.glossHtml}
        </button>
      </header>
    </div>
  );
}
