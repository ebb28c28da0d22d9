import type { SampleSite } from '../sample-site.ts';

export const harbourPost: SampleSite = {
  id: 'sample-harbour-post',
  title: 'The Harbour Post',
  description: 'News from the ports of the Mediterranean and beyond',
  language: 'en',
  format: 'rss',
  tags: ['sample', 'english'],
  posts: [
    {
      slug: 'quake-crete',
      story: 'quake-crete',
      hoursAgo: 8,
      title: 'Magnitude 5.8 earthquake shakes Crete, residents flee into the streets',
      text: [
        'A 5.8-magnitude earthquake struck the Greek island of Crete at dawn. People in Heraklion ran into the streets, two were slightly injured, and schools will stay closed.',
      ],
      categories: ['World'],
    },
    {
      slug: 'quake-aeolian',
      story: 'quake-aeolian',
      hoursAgo: 19,
      title: 'Magnitude 4.3 quake off the Aeolian Islands causes no damage',
      text: [
        'The tremor, 12 kilometres below the sea bed, was felt in Lipari and Milazzo. Italian civil protection reports neither damage nor injuries.',
      ],
      categories: ['World'],
    },
    {
      slug: 'ecb-cuts-rates',
      story: 'ecb-cut',
      hoursAgo: 12,
      title: 'European Central Bank cuts interest rates by a quarter point to 2%',
      text: [
        'The ECB lowered its deposit rate by 25 basis points to 2 percent on Thursday. President Christine Lagarde said euro zone inflation was close to target.',
      ],
      categories: ['Business'],
    },
    {
      slug: 'turkey-holds-rates',
      hoursAgo: 36,
      title: 'Turkish central bank keeps its key interest rate at 40%',
      text: [
        'The Central Bank of Turkey left its policy rate unchanged at 40 percent, citing sticky food prices. The lira slipped after the announcement.',
      ],
      categories: ['Business'],
    },
    {
      slug: 'writer-freed',
      story: 'writer-freed',
      hoursAgo: 38,
      title: 'Algeria frees writer Nadir Belkacem after a year in jail',
      text: [
        'The 76-year-old French-Algerian novelist walked out of Kolea prison on Monday, pardoned by the president after twelve months behind bars.',
      ],
      categories: ['World', 'Culture'],
    },
    {
      slug: 'fire-catalonia',
      story: 'fire-catalonia',
      hoursAgo: 46,
      title: 'Wildfire near Lleida in Catalonia drives 1,400 people from their homes',
      text: [
        'Fanned by strong wind, the blaze has burned 2,300 hectares in the Segarra district. About 1,400 residents were evacuated and the army has been called in.',
      ],
      categories: ['World', 'Environment'],
    },
    {
      slug: 'fire-valparaiso',
      story: 'fire-valparaiso',
      hoursAgo: 44,
      title: 'Wildfire near Valparaíso in Chile drives 900 people from their homes',
      text: [
        'The blaze broke out above Viña del Mar and has burned 1,100 hectares. About 900 residents were evacuated; the government declared a red alert.',
      ],
      categories: ['World', 'Environment'],
    },
    {
      slug: 'wreck-cyprus',
      story: 'wreck-cyprus',
      hoursAgo: 51,
      title: 'Roman shipwreck with 3,000 intact amphorae found off Cyprus',
      text: [
        'Underwater archaeologists found the first-century merchant ship 44 metres down off Cape Greco, with some three thousand sealed wine amphorae.',
      ],
      categories: ['Culture'],
    },
    {
      slug: 'sudan-talks',
      story: 'sudan-talks',
      hoursAgo: 55,
      title: 'Sudan ceasefire talks resume in Geneva under US and Saudi mediation',
      text: [
        'Envoys of the Sudanese army and the Rapid Support Forces meet in Geneva to negotiate a truce and access for humanitarian aid.',
      ],
      categories: ['World'],
    },
    {
      slug: 'yemen-talks',
      story: 'yemen-talks',
      hoursAgo: 57,
      title: 'Yemen prisoner exchange talks open in Muscat under UN mediation',
      text: [
        'Delegates of the Yemeni government and the Houthis meet in Muscat to agree on an exchange of 1,200 prisoners.',
      ],
      categories: ['World'],
    },
    {
      slug: 'briefing-monday',
      hoursAgo: 33,
      title: 'Morning briefing: five things to know on Monday',
      text: ['Port strikes, a new lighthouse, the price of oil, the weekend’s regatta and a recipe for sardines.'],
      categories: ['Briefing'],
    },
    {
      slug: 'briefing-tuesday',
      hoursAgo: 9,
      title: 'Morning briefing: five things to know on Tuesday',
      text: ['Council elections, customs delays, a lost dolphin, the cup draw and a walk along the old walls.'],
      categories: ['Briefing'],
    },
    {
      slug: 'piraeus-ferries-collide',
      hoursAgo: 27,
      title: 'Two ferries collide in fog at Piraeus, 180 passengers unhurt',
      text: [
        'The ships touched at low speed while leaving the harbour of Piraeus. All 180 passengers are unhurt; the coast guard opened an inquiry.',
      ],
      categories: ['World'],
    },
  ],
};
