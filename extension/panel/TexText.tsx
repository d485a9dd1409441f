import { useLayoutEffect, useRef } from "preact/hooks";
import { splitFormulas, type Stretch } from "./formulas";
import { useFrame } from "./frame";

/** A text with its formulas typeset; everything else goes in as text, never as HTML. */
export function TexText({ text }: { text: string }) {
  const stretches = splitFormulas(text);
  return (
    <>
      {stretches.map((stretch, index) =>
        stretch.formula ? (
          <Formula key={index} formula={stretch} before={stretches[index - 1]} after={stretches[index + 1]} />
        ) : (
          stretch.text
        ),
      )}
    </>
  );
}

interface FormulaProps {
  formula: Stretch;
  before: Stretch | undefined;
  after: Stretch | undefined;
}

function Formula({ formula, before, after }: FormulaProps) {
  const { typeset } = useFrame();
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (!place.current) return;
    try {
      if (!typeset) throw new Error("not loaded yet");
      typeset(formula.text, place.current, formula.display);
    } catch {
      place.current.textContent = formula.text;
    }
  }, [formula.text, formula.display, typeset]);
  // The thin space between scripts, which browsers put between letters but not beside a formula.
  const classes = ["formula"];
  if (!typeset) classes.push("tex");
  if (before && /\p{Script=Han}$/u.test(before.text)) classes.push("after-han");
  if (after && /^\p{Script=Han}/u.test(after.text)) classes.push("before-han");
  return <span class={classes.join(" ")} ref={place} />;
}
