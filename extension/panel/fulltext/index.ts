export { FullText } from "./FullText";
export { initialFullText, reduceFullText, type FullTextState } from "./state";
export type { ExportedFile, FullTextActions, PaperPlace } from "./types";
