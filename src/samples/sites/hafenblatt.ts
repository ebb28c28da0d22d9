import type { SampleSite } from '../sample-site.ts';

export const hafenblatt: SampleSite = {
  id: 'sample-hafenblatt',
  title: 'Hafenblatt',
  description: 'Nachrichten aus Europa',
  language: 'de',
  format: 'atom',
  tags: ['sample', 'germany'],
  posts: [
    {
      slug: 'erdbeben-kreta',
      story: 'quake-crete',
      hoursAgo: 7,
      title: 'Erdbeben der Stärke 5,8 erschüttert Kreta',
      text: [
        'Ein Erdbeben der Stärke 5,8 hat am frühen Morgen die griechische Insel Kreta erschüttert. In Heraklion liefen Menschen auf die Straße, zwei wurden leicht verletzt, Schulen bleiben geschlossen.',
      ],
    },
    {
      slug: 'ezb-senkt-zinsen',
      story: 'ecb-cut',
      hoursAgo: 13,
      title: 'EZB senkt die Zinsen um einen Viertelpunkt auf zwei Prozent',
      text: [
        'Die Europäische Zentralbank hat den Einlagenzins um 25 Basispunkte auf 2,0 Prozent gesenkt. Präsidentin Christine Lagarde sieht die Inflation im Euroraum nahe am Ziel.',
      ],
    },
    {
      slug: 'faehre-brand-sardinien',
      story: 'ferry-fire',
      hoursAgo: 24,
      title: 'Brand auf Fähre vor Sardinien: 212 Passagiere in Sicherheit gebracht',
      text: [
        'Auf der Fähre „Stella del Golfo“ von Toulon nach Porto Torres brach in der Nacht ein Feuer aus. Die Küstenwache brachte alle 212 Passagiere in Sicherheit, vier erlitten Rauchvergiftungen.',
      ],
    },
    {
      slug: 'bundestag-rente',
      story: 'pension-reform',
      hoursAgo: 34,
      title: 'Bundestag beschließt Rentenreform mit knapper Mehrheit',
      text: [
        'Nach monatelangem Streit hat der Bundestag die Rentenreform mit 318 zu 309 Stimmen beschlossen. Das Rentenniveau bleibt bis 2031 bei 48 Prozent.',
      ],
    },
    {
      slug: 'wrack-zypern',
      story: 'wreck-cyprus',
      hoursAgo: 50,
      title: 'Römisches Schiffswrack mit 3000 Amphoren vor Zypern entdeckt',
      text: [
        'Unterwasserarchäologen haben vor Kap Greco in 44 Metern Tiefe ein Handelsschiff aus dem ersten Jahrhundert gefunden. An Bord: rund 3000 versiegelte Weinamphoren.',
      ],
    },
    {
      slug: 'gaspipeline-kasachstan',
      story: 'gas-deal',
      hoursAgo: 66,
      title: 'Russland und Kasachstan vereinbaren Bau einer neuen Gaspipeline',
      text: [
        'Die Energieminister beider Länder unterzeichneten in Astana ein Abkommen über eine 1300 Kilometer lange Leitung. Ab 2029 sollen jährlich zehn Milliarden Kubikmeter Gas fließen.',
      ],
    },
    {
      slug: 'nordhafen-q2',
      hoursAgo: 95,
      title: 'Nordhafen AG steigert Gewinn im zweiten Quartal um 12 Prozent',
      text: [
        'Der Logistikkonzern Nordhafen verdiente im zweiten Quartal 84 Millionen Euro, zwölf Prozent mehr als vor einem Jahr.',
      ],
    },
    {
      slug: 'nordhafen-q3',
      hoursAgo: 11,
      title: 'Nordhafen AG steigert Gewinn im dritten Quartal um 4 Prozent',
      text: [
        'Der Logistikkonzern Nordhafen verdiente im dritten Quartal 79 Millionen Euro, vier Prozent mehr als vor einem Jahr. Die Prognose bleibt unverändert.',
      ],
    },
    {
      slug: 'hamburg-elbtunnel',
      hoursAgo: 28,
      title: 'Hamburg: Alter Elbtunnel nach Sanierung wieder ganz geöffnet',
      text: [
        'Nach sechs Jahren Bauzeit sind beide Röhren des denkmalgeschützten Tunnels wieder für Fußgänger und Radfahrer offen.',
      ],
    },
  ],
};
