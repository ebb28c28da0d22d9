const scuola = 'Scuola: nuove indicazioni nazionali, ritorno alle umanistiche e memorizzazione nelle scuole italiane';
/** The teasers of the page that the project began with, in its order; two stories are told twice. */
export const seedTeasers: readonly (readonly [language: string, title: string, teaser: string])[] = [
  ['it', 'USA: Donald Trump torna alla Casa Bianca per un secondo mandato', 'Donald Trump è stato'],
  ['it', 'USA: TikTok a rischio di chiusura per una legge sulla sicurezza nazionale approvata dal Congresso nel', ''],
  ['it', 'Dalla penna alla prigione, il coraggio di Boualem Sansal', 'Boualem Sansal, noto con il soprannome'],
  ['it', 'Iran: attentato a Teheran, uccisi due giudici ferito un terzo', 'Due giudici sono stati uccisi'],
  ['it', 'Pamela Mastropietro: confermato ergastolo per Oseghale. Strupata e fatta a pezzi', 'La Corte di Cassazione'],
  ['it', scuola, ''],
  ['it', scuola, 'Il Ministero dell’Istruzione,'],
  [
    'it',
    'Francia: l’estrema destra nell’Assemblea ottiene la presidenza del gruppo di amicizia Francia-Marocco',
    'In Francia, il',
  ],
  [
    'fr',
    'En France, l’extrême droite obtient la présidence du groupe d’amitié France-Maroc à l’Assemblée',
    'L’enjeu était',
  ],
  ['it', 'IL PROGETTO DEI FRATELLI MUSULMANI IN 12 PUNTI', 'Documento ritrovato da Sylvain Besson in Svizzera'],
  [
    'it',
    'Francia: il Ministro dell’Interno Retailleau propone il divieto dell’hijab',
    'Dopo l’entrata in vigore della legge',
  ],
];
