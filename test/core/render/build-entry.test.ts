import { expect } from 'chai';
import { buildEntry, topicFeedId, updatedOf } from '../../../src/core/render/build-entry.ts';
import { sampleVersion } from './sample-version.ts';

const it1 = sampleVersion({
  id: 'it',
  sourceId: 'ansa',
  url: 'https://a.example/1',
  contentHtml: '<p>Tutto il testo</p>',
  text: 'Tutto il < testo',
});
const fr = sampleVersion({ id: 'fr', sourceId: 'afp', language: 'fr', url: 'https://f.example/1', title: 'Titre' });
const story = {
  id: '7d9c1c3e-51a4-8b0e-a3f1-0c44b7f9be21',
  publishedAt: 5000,
  updatedAt: 4000,
  itemCount: 2,
  languages: ['it', 'fr'],
};
const options = {
  shown: it1,
  versions: [it1, fr, { ...fr, item: { ...fr.item, id: 'copy' } }],
  publicUrl: 'https://news.example',
  sourceOf: (id: string) => ({
    title: id.toUpperCase(),
    homeUrl: null,
    feedUrl: `https://u:p@${id}.example/rss?apikey=s3cret`,
  }),
  full: true,
};

describe('a story as an entry', () => {
  it('has id and date of the story, text of the shown version and the others as links', () => {
    const entry = buildEntry(story, options);
    expect(entry).to.deep.include({
      id: 'urn:uuid:7d9c1c3e-51a4-8b0e-a3f1-0c44b7f9be21',
      url: 'https://a.example/1',
      storyUrl: 'https://news.example/stories/7d9c1c3e-51a4-8b0e-a3f1-0c44b7f9be21',
      publishedAt: 5000,
      updatedAt: 5000,
      contentHtml: '<p>Tutto il testo</p>',
      summaryHtml: 'Tutto il &lt; testo',
      others: [{ language: 'fr', sourceTitle: 'AFP', title: 'Titre', url: 'https://f.example/1' }],
    });
  });

  it('names the source without its secrets', () => {
    expect(buildEntry(story, options).sourceFeedUrl).to.equal('https://ansa.example/rss');
  });

  it('has no content with full=0', () => {
    expect(buildEntry(story, { ...options, full: false }).contentHtml).to.equal(null);
  });
});

describe('a topic feed', () => {
  it('has an id of its own that depends on the topic and the installation only', () => {
    expect(topicFeedId('libya', 'x'))
      .to.equal(topicFeedId('libya', 'x'))
      .and.match(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(topicFeedId('libya', 'x')).not.to.equal(topicFeedId('libya', 'y'));
  });

  it('was updated when its newest entry was', () => {
    const entry = buildEntry(story, options);
    expect(updatedOf([entry, { ...entry, updatedAt: 9000 }], 1)).to.equal(9000);
    expect(updatedOf([], 1)).to.equal(1);
  });
});
