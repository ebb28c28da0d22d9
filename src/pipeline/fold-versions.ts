import type { Evidence, ItemId, StoryWithVersions, Version } from '../model.ts';
import type { FoldMode } from './feed-request.ts';

const exactKinds: ReadonlySet<Evidence['kind']> = new Set(['same-url', 'same-text', 'same-title']);

/**
 * What becomes one entry: the whole story, its copies of one text (`exact`), or every item (`none`). A part's id is that of
 * its earliest item, which for the story's founder is the story's own id, so that a reader who changes the mode meets
 * known ids.
 */
export function foldVersions(story: StoryWithVersions, mode: FoldMode): readonly StoryWithVersions[] {
  if (mode === 'story' || story.versions.length <= 1) return [story];
  const groups = mode === 'none' ? story.versions.map(version => [version]) : exactGroups(story.versions);
  return groups.map(versions => ({
    ...story,
    id: versions[0]?.item.id ?? story.id,
    publishedAt: Math.min(...versions.map(({ item }) => item.orderAt)),
    updatedAt: Math.max(...versions.map(({ item }) => item.updatedAt ?? item.orderAt)),
    versions,
  }));
}

/** Follows `with` while the evidence says: the very same text. */
function exactGroups(versions: readonly Version[]): Version[][] {
  const byItem = new Map<ItemId, Version[]>();
  const groups: Version[][] = [];
  for (const version of versions) {
    const isCopy = version.with !== null && version.evidence.some(({ kind }) => exactKinds.has(kind));
    const group = (isCopy && version.with !== null && byItem.get(version.with)) || [];
    if (group.length === 0) groups.push(group);
    group.push(version);
    byItem.set(version.item.id, group);
  }
  return groups;
}
