import type { SampleSite } from '../sample-site.ts';

/** A press office without a feed: a table of dates and headlines. */
export const puertoClaro: SampleSite = {
  id: 'sample-puerto-claro',
  title: 'Autoridad Portuaria de Puerto Claro – Sala de prensa',
  description: 'Notas de prensa, sin canal de noticias',
  language: 'es',
  format: 'press-table',
  tags: ['sample', 'spain', 'press-office'],
  posts: [
    {
      slug: 'np-041',
      hoursAgo: 20,
      title: 'El puerto recibe el primer buque de gas natural licuado',
      text: ['El buque atracó en el muelle sur con 140.000 metros cúbicos a bordo.'],
    },
    {
      slug: 'np-040',
      hoursAgo: 45,
      title: 'Licitada la ampliación del muelle de cruceros',
      text: ['El presupuesto asciende a 31 millones de euros y el plazo es de 22 meses.'],
    },
    {
      slug: 'np-039',
      story: 'ferry-fire',
      hoursAgo: 23,
      title: 'El puerto ofrece un amarre al ferry «Stella del Golfo», incendiado frente a Cerdeña con 212 pasajeros',
      text: ['La naviera estudia trasladar a Puerto Claro el ferry, evacuado por la Guardia Costera italiana.'],
    },
    {
      slug: 'np-038',
      hoursAgo: 92,
      title: 'Jornada de puertas abiertas en el faro viejo',
      text: ['El sábado se podrá subir a la linterna con guía; la entrada es gratuita.'],
    },
    {
      slug: 'np-037',
      hoursAgo: 110,
      title: 'El tráfico de contenedores crece un 7 % en el año',
      text: ['Hasta octubre pasaron por el puerto 412.000 contenedores.'],
    },
  ],
};
