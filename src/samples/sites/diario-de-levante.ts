import type { SampleSite } from '../sample-site.ts';

export const diarioDeLevante: SampleSite = {
  id: 'sample-diario-de-levante',
  title: 'Diario de Levante',
  description: 'Noticias de España y del Mediterráneo',
  language: 'es',
  format: 'json',
  tags: ['sample', 'spain'],
  posts: [
    {
      slug: 'terremoto-creta',
      story: 'quake-crete',
      hoursAgo: 8,
      title: 'Un terremoto de magnitud 5,8 sacude la isla de Creta',
      text: [
        'El seísmo, de magnitud 5,8, se produjo al amanecer. En Heraclión la gente salió a la calle; hay dos heridos leves y las escuelas permanecerán cerradas.',
      ],
    },
    {
      slug: 'bce-recorta-tipos',
      story: 'ecb-cut',
      hoursAgo: 12,
      title: 'El BCE recorta los tipos de interés un cuarto de punto, hasta el 2 %',
      text: [
        'El Banco Central Europeo bajó este jueves los tipos en 25 puntos básicos y dejó la facilidad de depósito en el 2 %. Lagarde ve la inflación de la zona euro cerca del objetivo.',
      ],
    },
    {
      slug: 'incendio-segarra',
      story: 'fire-catalonia',
      hoursAgo: 48,
      title: 'Un incendio en la Segarra, en Lleida, obliga a evacuar a 1.400 vecinos',
      text: [
        'Las llamas, avivadas por el viento, han quemado 2.300 hectáreas. Unos 1.400 vecinos han sido evacuados y la Unidad Militar de Emergencias se ha sumado a la extinción.',
      ],
    },
    {
      slug: 'incendio-valparaiso',
      story: 'fire-valparaiso',
      hoursAgo: 45,
      title: 'Chile: un incendio forestal en Valparaíso deja 900 evacuados',
      text: [
        'El fuego comenzó sobre Viña del Mar y ya ha consumido 1.100 hectáreas. Las autoridades declararon la alerta roja y evacuaron a unas 900 personas.',
      ],
    },
    {
      slug: 'marsella-lyon',
      story: 'om-lyon',
      hoursAgo: 17,
      title: 'El Marsella gana 2-1 al Lyon con un gol en el minuto 90',
      text: [
        'El Olympique de Marsella remontó ante el Lyon en el Vélodrome y se llevó la victoria por 2-1 en el último minuto.',
      ],
    },
    {
      slug: 'tiktok-supremo',
      story: 'tiktok-law',
      hoursAgo: 59,
      title: 'El Supremo de Estados Unidos avala la ley que puede cerrar TikTok',
      text: [
        'El Tribunal Supremo estadounidense rechazó el recurso de TikTok y declaró constitucional la ley que obliga a ByteDance a vender la aplicación o a cerrarla en el país.',
      ],
    },
    {
      slug: 'vacuna-malaria',
      story: 'malaria-vaccine',
      hoursAgo: 63,
      title: 'Mozambique empieza a vacunar contra la malaria a 600.000 niños',
      text: [
        'La campaña con la vacuna R21 arrancó en la provincia de Zambezia y llegará a 600.000 menores de dos años.',
      ],
    },
    {
      slug: 'huelga-autobuses-valencia',
      hoursAgo: 21,
      title: 'Segunda jornada de huelga de autobuses en Valencia',
      text: [
        'Los conductores reclaman una subida salarial del 6 %. El Ayuntamiento ha fijado servicios mínimos del 55 %.',
      ],
    },
    {
      slug: 'huelga-basuras-alicante',
      hoursAgo: 22,
      title: 'Segunda jornada de huelga de basuras en Alicante',
      text: [
        'La plantilla pide un nuevo convenio. El Ayuntamiento ha fijado servicios mínimos en hospitales y mercados.',
      ],
    },
    {
      slug: 'museo-mar-cartagena',
      hoursAgo: 80,
      title: 'Cartagena abrirá un museo del mar en el antiguo arsenal',
      text: [
        'El proyecto ocupará 4.000 metros cuadrados y mostrará por primera vez la colección de arqueología subacuática.',
      ],
    },
  ],
};
