export { Whole, type WholeActions } from "./Whole";
export { initialWhole, reduceWhole, type WholeState } from "./state";
export type { PaperPlace } from "./frame";
export type { SavedFile } from "./saved";
