export { EntryGloss, EntryTitle, type EntryActions } from "./EntryGloss";
export { passes, wordsOfFilter } from "./filter";
export { ListBar, type ListActions } from "./ListBar";
export { listToMarkdown, type ListedPaper } from "./markdown";
export {
  countsOf,
  initialList,
  isFolded,
  nextEntries,
  presence,
  reduceList,
  step,
  withoutGlosses,
  type EntryState,
  type ListEvent,
  type ListState,
} from "./state";
