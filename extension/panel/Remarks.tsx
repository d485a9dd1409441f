import { Fragment } from "preact";
import { TexText } from "./TexText";
import type { Remark } from "./types";

/** What a reader should know of the paper before its gloss. */
export function Remarks({ remarks }: { remarks: readonly Remark[] }) {
  return (
    <>
      {remarks.map(({ text, isWarning, link, quotation }) => (
        <div class={isWarning ? "remark warning" : "remark"} key={text}>
          <p>
            {text}
            {link && (
              <Fragment>
                {" "}
                <a href={link.address}>{link.text}</a>
              </Fragment>
            )}
          </p>
          {quotation && (
            <p class="quotation">
              {quotation.lead}{" "}
              <q lang="en">
                <TexText text={quotation.text} />
              </q>
            </p>
          )}
        </div>
      ))}
    </>
  );
}
