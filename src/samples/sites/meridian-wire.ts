import type { SampleSite } from '../sample-site.ts';

export const meridianWire: SampleSite = {
  id: 'sample-meridian-wire',
  title: 'Meridian Wire',
  description: 'Short agency reports',
  language: 'en',
  format: 'json',
  tags: ['sample', 'english', 'agency'],
  posts: [
    {
      slug: 'bundestag-pension',
      story: 'pension-reform',
      hoursAgo: 32,
      title: 'German parliament narrowly passes pension reform',
      text: [
        'The Bundestag approved the pension reform by 318 votes to 309. Pensions stay at 48 percent of average wages until 2031.',
      ],
    },
    {
      slug: 'gas-astana',
      story: 'gas-deal',
      hoursAgo: 65,
      title: 'Russia and Kazakhstan agree to build new gas pipeline',
      text: [
        'The energy ministers signed an agreement in Astana on a 1,300-kilometre pipeline that is to carry ten billion cubic metres of gas a year from 2029.',
      ],
    },
    {
      slug: 'tiktok',
      story: 'tiktok-law',
      hoursAgo: 58,
      title: 'US Supreme Court upholds law that could shut down TikTok',
      text: [
        'The Supreme Court rejected TikTok’s appeal: the law that orders ByteDance to sell the app or close it in the United States is constitutional.',
      ],
    },
    {
      slug: 'malaria',
      story: 'malaria-vaccine',
      hoursAgo: 62,
      title: 'Mozambique starts vaccinating 600,000 children against malaria',
      text: ['The R21 vaccine campaign began in Zambezia province and is to reach 600,000 children under two.'],
    },
    {
      slug: 'tehran-judges',
      story: 'tehran-judges',
      hoursAgo: 16,
      title: 'Gunman kills two judges at Supreme Court in Tehran',
      text: [
        'Two senior judges were shot dead and a third was wounded in an attack at the Supreme Court in Tehran on Saturday, Iranian media report.',
      ],
    },
    {
      slug: 'friendship-group',
      story: 'friendship-group',
      hoursAgo: 37,
      title: 'French far right wins presidency of France-Morocco friendship group in the National Assembly',
      text: [
        'A deputy of the far right will chair the France–Morocco friendship group of the French National Assembly; the left protests.',
      ],
    },
    {
      slug: 'oil-price',
      hoursAgo: 10,
      title: 'Oil slips below 70 dollars as stocks rise',
      text: ['Brent crude fell 1.4 percent to 69.60 dollars a barrel after a surprise rise in American stocks.'],
    },
    {
      slug: 'oil-price-earlier',
      hoursAgo: 82,
      title: 'Oil climbs above 73 dollars as stocks fall',
      text: ['Brent crude rose 2.1 percent to 73.20 dollars a barrel after American stocks fell for a third week.'],
    },
  ],
};
