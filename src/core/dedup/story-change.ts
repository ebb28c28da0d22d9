import type { Evidence, ItemId, StoryId } from '../../model.ts';

/** What happens to stories beside arrivals: two become one, or some members go to another story. */
export type StoryChange =
  | { readonly kind: 'merge'; readonly from: StoryId; readonly into: StoryId; readonly evidence: readonly Evidence[] }
  | {
      readonly kind: 'split';
      readonly from: StoryId;
      readonly into: StoryId;
      readonly itemIds: readonly ItemId[];
      readonly evidence: readonly Evidence[];
    };
