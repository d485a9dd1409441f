export { Whole, type WholeActions } from "./Whole";
export { initialWhole, reduceWhole, type WholeState } from "./state";
export type { SavedFile } from "./saved";
