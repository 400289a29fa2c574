import type { DemoPerson } from './demo.types.js';

/** Who writes in the demonstration. None of them exists. */
export const demoPeople: readonly DemoPerson[] = [
  {
    key: 'ines',
    username: 'ines-carrow',
    displayName: 'Ines Carrow',
    bio: 'Keeps the tide gauge on the north mole and writes down what it says.',
  },
  {
    key: 'tobias',
    username: 'tobias-lund',
    displayName: 'Tobias Lund',
    bio: 'Mends instruments that were made before he was, in the shed behind the chandlery.',
  },
  {
    key: 'oriane',
    username: 'oriane-kerjean',
    displayName: 'Oriane Kerjean',
    bio: 'Passe le bac deux fois par jour, et prend des notes entre les deux.',
  },
];

/** Categories: key, name, description, parent. */
export const demoCategories: readonly {
  key: string;
  name: string;
  description: string;
  parent?: string;
}[] = [
  { key: 'harbours', name: 'Harbours', description: 'Places where boats wait.' },
  {
    key: 'instruments',
    name: 'Instruments',
    description: 'Things that measure, and the people who trust them.',
  },
  {
    key: 'barometers',
    name: 'Barometers',
    description: 'The weight of the air.',
    parent: 'instruments',
  },
  {
    key: 'charts',
    name: 'Charts',
    description: 'The sea floor, as far as somebody has let down a line.',
  },
];
