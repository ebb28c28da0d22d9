import type { SampleSite } from '../sample-site.ts';

/**
 * A blog without a feed, built like the page this project began with: one English article, then a list of teasers that
 * repeat their title before a dash and break off in mid-sentence, partly Italian, partly French.
 */
export const osservatorio: SampleSite = {
  id: 'sample-osservatorio',
  title: 'Osservatorio delle due sponde',
  description: 'A blog in three languages, without a feed',
  language: 'it',
  format: 'latest-list',
  tags: ['sample', 'blog', 'africa'],
  posts: [
    {
      slug: 'russian-officers-in-libya',
      story: 'libya-visit',
      hoursAgo: 7,
      title: 'Russian officers travel to Libya at the invitation of Haftar',
      text: [
        'A Russian military delegation headed by Deputy Defence Minister Yunus-bek Yevkurov landed in Libya on Tuesday at the invitation of Khalifa Haftar, the commander who backs the administration in the east of the country.',
        'Moscow calls it the first official visit of its kind and says that it is about working together against international terrorism.',
        'The trip had been prepared in talks at a defence fair near Moscow earlier this month.',
        'Observers see it as a sign that Russia wants to keep its foothold on the southern shore of the Mediterranean.',
      ],
      categories: ['Libya'],
      author: 'Redazione',
    },
    {
      slug: 'trump-secondo-mandato',
      hoursAgo: 30,
      title: 'USA: Donald Trump giura per il secondo mandato alla Casa Bianca',
      text: [
        'Donald Trump ha prestato giuramento a Washington come presidente degli Stati Uniti per un secondo mandato, tra',
      ],
    },
    {
      slug: 'belkacem-penna-prigione',
      story: 'writer-freed',
      hoursAgo: 42,
      title: 'Dalla prigione alla penna, torna libero lo scrittore Nadir Belkacem',
      text: ['Nadir Belkacem, lo scrittore franco-algerino in carcere da un anno in Algeria, è stato'],
    },
    {
      slug: 'teheran-giudici',
      story: 'tehran-judges',
      hoursAgo: 15,
      title: 'Iran: attentato a Teheran alla Corte Suprema, uccisi due giudici',
      text: [
        'Due giudici sono stati uccisi e un terzo ferito nell’attentato di sabato alla Corte Suprema di Teheran, dove un',
      ],
    },
    {
      slug: 'scuola-umanistiche',
      story: 'school-italy',
      hoursAgo: 30,
      title:
        'Scuola: nuove indicazioni nazionali, tornano le discipline umanistiche e la memorizzazione nelle scuole italiane',
      text: ['Il Ministero dell’Istruzione ha presentato le nuove indicazioni nazionali per le scuole,'],
    },
    {
      slug: 'francia-marocco-amicizia',
      story: 'friendship-group',
      hoursAgo: 36,
      title: 'Francia: l’estrema destra conquista all’Assemblea la presidenza del gruppo di amicizia Francia-Marocco',
      text: ['In Francia, un deputato dell’estrema destra presiederà il gruppo di amicizia'],
    },
    {
      slug: 'amitie-france-maroc',
      story: 'friendship-group',
      hoursAgo: 36,
      title: 'En France, l’extrême droite décroche la présidence du groupe d’amitié France-Maroc à l’Assemblée',
      text: ['Un député d’extrême droite présidera le groupe d’amitié France-Maroc, ce qui'],
    },
    {
      slug: 'valle-del-draa',
      hoursAgo: 77,
      title: 'Marocco: nella valle del Draa le oasi senza acqua',
      text: ['Dopo il sesto anno di siccità le palme della valle del Draa muoiono e i contadini'],
    },
    {
      slug: 'retraites-tunisie',
      hoursAgo: 88,
      title: 'Tunisie : les retraités de l’étranger, une manne fragile',
      text: ['Ils sont venus d’Italie et de France pour le soleil et la fiscalité, mais la'],
    },
  ],
};
