import { useLayoutEffect, useRef } from "preact/hooks";
import { splitFormulas } from "./formulas";
import { useFrame } from "./frame";

/** A text with its formulas typeset; everything else goes in as text, never as HTML. */
export function TexText({ text }: { text: string }) {
  return (
    <>
      {splitFormulas(text).map((stretch, index) =>
        stretch.formula ? <Formula key={index} tex={stretch.text} display={stretch.display} /> : stretch.text,
      )}
    </>
  );
}

function Formula({ tex, display }: { tex: string; display: boolean }) {
  const { typeset } = useFrame();
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (!place.current) return;
    try {
      if (!typeset) throw new Error("not loaded yet");
      typeset(tex, place.current, display);
    } catch {
      place.current.textContent = tex;
    }
  }, [tex, display, typeset]);
  return <span class={typeset ? "formula" : "formula tex"} ref={place} />;
}
