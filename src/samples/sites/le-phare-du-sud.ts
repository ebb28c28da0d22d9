import type { SampleSite } from '../sample-site.ts';

export const lePhareDuSud: SampleSite = {
  id: 'sample-le-phare-du-sud',
  title: 'Le Phare du Sud',
  description: 'L’actualité de la Méditerranée, vue de Marseille',
  language: 'fr',
  format: 'atom',
  tags: ['sample', 'france'],
  posts: [
    {
      slug: 'militaires-russes-libye',
      story: 'libya-visit',
      hoursAgo: 4,
      title: 'Libye : une délégation militaire russe en visite chez le maréchal Haftar',
      text: [
        'Des responsables militaires russes, conduits par le vice-ministre de la Défense Younous-bek Evkourov, sont arrivés mardi en Libye à l’invitation de Khalifa Haftar, qui contrôle l’est du pays.',
        'Moscou parle d’une première visite officielle, consacrée à la lutte contre le terrorisme.',
      ],
      categories: ['International'],
      author: 'Claire Vasseur',
    },
    {
      slug: 'bce-baisse-taux',
      story: 'ecb-cut',
      hoursAgo: 13,
      title: 'La BCE abaisse ses taux d’un quart de point, à 2 %',
      text: [
        'La Banque centrale européenne a réduit jeudi ses taux d’intérêt de 25 points de base ; le taux de dépôt revient à 2 %. Christine Lagarde juge l’inflation de la zone euro proche de sa cible.',
      ],
      categories: ['Économie'],
    },
    {
      slug: 'om-ol-2-1',
      story: 'om-lyon',
      hoursAgo: 18,
      title: 'Marseille bat Lyon 2-1 au Vélodrome grâce à un but à la 90e minute',
      text: [
        'L’Olympique de Marseille s’est imposé 2-1 face à Lyon samedi soir. Menés à la pause, les Marseillais ont égalisé avant le but de la victoire à la dernière minute.',
      ],
      categories: ['Sport', 'Football'],
    },
    {
      slug: 'om-nice-0-3',
      story: 'om-nice',
      hoursAgo: 90,
      title: 'Marseille s’incline lourdement 0-3 contre Nice au Vélodrome',
      text: [
        'Soirée noire pour l’Olympique de Marseille, battu 0-3 par Nice mercredi. Les trois buts ont été inscrits en seconde période.',
      ],
      categories: ['Sport', 'Football'],
    },
    {
      slug: 'ferry-incendie-sardaigne',
      story: 'ferry-fire',
      hoursAgo: 25,
      title: 'Un ferry parti de Toulon prend feu au large de la Sardaigne, 212 passagers évacués',
      text: [
        'Le « Stella del Golfo » reliait Toulon à Porto Torres quand un incendie s’est déclaré dans le garage. Les 212 passagers ont été évacués par les garde-côtes italiens ; quatre personnes sont intoxiquées.',
      ],
      categories: ['Faits divers'],
    },
    {
      slug: 'ecrivain-belkacem-libere',
      story: 'writer-freed',
      hoursAgo: 39,
      title: 'L’écrivain Nadir Belkacem libéré après un an de prison en Algérie',
      text: [
        'Gracié par le président algérien, l’écrivain franco-algérien de 76 ans est sorti lundi de la prison de Koléa, où il était détenu depuis douze mois.',
      ],
      categories: ['Culture', 'International'],
      author: 'Claire Vasseur',
    },
    {
      slug: 'incendies-catalogne',
      story: 'fire-catalonia',
      hoursAgo: 47,
      title: 'Catalogne : un incendie près de Lérida force 1 400 habitants à quitter leur maison',
      text: [
        'Attisé par le vent, le feu a déjà parcouru 2 300 hectares dans la comarque de la Segarra, près de Lérida. Environ 1 400 personnes ont été évacuées, l’armée est envoyée en renfort.',
      ],
      categories: ['International', 'Environnement'],
    },
    {
      slug: 'soudan-pourparlers-geneve',
      story: 'sudan-talks',
      hoursAgo: 56,
      title: 'Soudan : reprise à Genève des pourparlers pour un cessez-le-feu',
      text: [
        'Les émissaires de l’armée soudanaise et des Forces de soutien rapide se retrouvent à Genève sous médiation américaine et saoudienne, pour négocier une trêve et l’accès de l’aide humanitaire.',
      ],
      categories: ['International'],
    },
    {
      slug: 'vaccin-paludisme-mozambique',
      story: 'malaria-vaccine',
      hoursAgo: 64,
      title: 'Mozambique : 600 000 enfants seront vaccinés contre le paludisme',
      text: [
        'La campagne a commencé dans la province de Zambézie. Le vaccin R21 contre le paludisme sera proposé à 600 000 enfants de moins de deux ans.',
      ],
      categories: ['Santé'],
    },
    {
      slug: 'italie-ecole-latin',
      story: 'school-italy',
      hoursAgo: 29,
      title: 'Italie : le latin et la mémorisation de retour dans les nouveaux programmes scolaires',
      text: [
        'Le ministère italien de l’Instruction a publié les nouvelles indications nationales pour l’école : davantage d’humanités, de la poésie apprise par cœur et du latin facultatif au collège.',
      ],
      categories: ['Éducation'],
    },
    {
      slug: 'tramway-toulon',
      hoursAgo: 75,
      title: 'Toulon : le projet de tramway relancé après vingt ans d’attente',
      text: [
        'La métropole a voté la reprise des études. Une première ligne relierait la gare à l’hôpital à partir de 2032.',
      ],
      categories: ['Local'],
    },
  ],
};
