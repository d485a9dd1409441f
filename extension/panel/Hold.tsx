import type { ComponentChildren } from "preact";

/**
 * Hold the space of a text that is still to come, so that nothing below it moves when it does.
 *
 * Behind the text lies an invisible one of the expected length; while `waiting`, its lines show as grey bars. The
 * cell is as high as the longer of the two.
 */
export function Hold({ chars, waiting, children }: { chars: number; waiting: boolean; children: ComponentChildren }) {
  return (
    <div class="hold">
      <div class={waiting ? "ghost waiting" : "ghost"} aria-hidden="true">
        <span>{"\u3000".repeat(chars)}</span>
      </div>
      <div class="held">{children}</div>
    </div>
  );
}
