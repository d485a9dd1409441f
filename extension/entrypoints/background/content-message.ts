/** What a content script may say: its messages, rebuilt from their known fields. A page is not trusted. */
import * as v from "valibot";
import { MAX_LISTED, MAX_PARAGRAPHS, MAX_TRIAGED, type ContentToBackground } from "../../shared/messages";
import { readPaperId } from "../../shared/paper-id";

/** Longest text that is passed on, in UTF-16 units; the server refuses far shorter abstracts, in words. */
const MAX_TEXT = 100_000;

const Text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const PaperId = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const id = readPaperId(dataset.value);
    if (id !== null) return id;
    addIssue({ message: "No arXiv id." });
    return NEVER;
  }),
);

const Names = v.pipe(v.array(v.pipe(v.string(), v.maxLength(32))), v.maxLength(32));
const Categories = v.exactOptional(Names);
const Listed = { id: PaperId, title: Text, abstract: v.nullable(Text) };
const ListedText = v.object({ ...Listed, categories: Categories });
const TriageChange = v.object({
  id: PaperId,
  hidden: v.exactOptional(v.boolean()),
  seen: v.exactOptional(v.boolean()),
});
const ListPart = v.picklist(["title", "gist"]);

const ContentMessage = v.variant("type", [
  v.object({
    type: v.literal("content-to-background/gloss"),
    paper: v.object({ id: v.nullable(Text), title: v.nullable(Text), abstract: Text, categories: Categories }),
  }),
  v.object({
    type: v.literal("content-to-background/list"),
    papers: v.pipe(v.array(ListedText), v.minLength(1), v.maxLength(MAX_LISTED)),
    parts: v.pipe(v.array(ListPart), v.maxLength(ListPart.options.length)),
  }),
  v.object({
    type: v.literal("content-to-background/paragraphs"),
    paper: v.object({ title: Text, abstract: Text, categories: Names }),
    batch: v.number(),
    paragraphs: v.pipe(
      v.array(v.object({ text: Text, kind: v.exactOptional(v.picklist(["paragraph", "heading"])) })),
      v.minLength(1),
      v.maxLength(MAX_PARAGRAPHS),
    ),
  }),
  v.object({ type: v.literal("content-to-background/stop") }),
  v.object({
    type: v.literal("content-to-background/layout"),
    layout: v.picklist(["stacked", "beside", "alone"]),
  }),
  v.object({ type: v.literal("content-to-background/ping") }),
  v.object({ type: v.literal("content-to-background/collapse"), collapsed: v.boolean() }),
  v.object({ type: v.literal("content-to-background/fold-abstracts"), folded: v.boolean() }),
  v.object({ type: v.literal("content-to-background/options") }),
  v.object({ type: v.literal("content-to-background/pdf"), id: PaperId, html: v.fallback(v.boolean(), false) }),
  v.object({ type: v.literal("content-to-background/saved") }),
  v.object({
    type: v.literal("content-to-background/save"),
    paper: v.object({ ...Listed, authors: v.array(Text) }),
    keep: v.boolean(),
  }),
  v.object({
    type: v.literal("content-to-background/triage"),
    ids: v.pipe(v.array(PaperId), v.maxLength(MAX_TRIAGED)),
  }),
  v.object({
    type: v.literal("content-to-background/triaged"),
    changes: v.pipe(v.array(TriageChange), v.maxLength(MAX_TRIAGED)),
  }),
  v.object({ type: v.literal("content-to-background/saved-page") }),
]);

/** The message, or null when it is none of ours. */
export function readContentMessage(message: unknown): ContentToBackground | null {
  const read = v.safeParse(ContentMessage, message);
  return read.success ? read.output : null;
}
