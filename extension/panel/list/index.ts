export { EntryGloss, type EntryActions } from "./EntryGloss";
export { ListBar, type ListActions } from "./ListBar";
export { finished, initialList, nextEntries, reduceList, step, type ListEvent, type ListState } from "./state";
