import type { DemoCountry } from './phones.ts';

interface Names {
  first: readonly string[];
  last: readonly string[];
  /** The domain of these people's e-mail addresses; nobody owns it. */
  domain: string;
}

const words = (text: string) => text.split(/\s+/);

const english: Names = {
  first:
    words(`Olivia Amelia Isla Ava Ivy Freya Lily Florence Mia Willow Grace Charlotte Sophie Emily Priya Anjali Aisha
    Fatima Mei Chloe Oliver George Arthur Noah Muhammad Leo Harry Oscar Archie Jack Henry Theo Daniel James William Arjun
    Rohan Kwame Wei Lucas Ethan Samuel Joshua`),
  last: words(`Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White
    Roberts Green Hall Wood Harris Clarke Jackson Turner Cooper Hill Ward Morris Moore Lee King Baker Khan Singh Okafor
    Mensah Chen Wong Murphy Kelly Campbell Stewart Anderson Scott Reid Menon Iyer`),
  domain: 'example.com',
};
const german: Names = {
  first: words(`Anna Lena Marie Sophie Hannah Laura Julia Katharina Johanna Clara Elif Lukas Felix Jonas Maximilian Paul
    Leon Finn Elias Jan Mehmet Tobias Moritz`),
  last: words(`Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Richter Klein Wolf
    Schröder Neumann Schwarz Braun Krüger Yılmaz Kaya Lange Jung`),
  domain: 'example.org',
};
const french: Names = {
  first: words(`Camille Manon Léa Inès Chloé Louise Jade Zoé Élise Margaux Amina Louis Gabriel Raphaël Jules Hugo Arthur
    Nathan Théo Mathis Karim Antoine Baptiste`),
  last: words(`Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia
    Fournier Girard Benali Rousseau Mercier Blanc`),
  domain: 'example.net',
};

/** People's names by country. */
export const namesOf: Readonly<Record<DemoCountry, Names>> = {
  GB: english,
  US: english,
  AU: english,
  DE: german,
  FR: french,
};

/** Towns by country. */
export const towns: Readonly<Record<DemoCountry, readonly string[]>> = {
  GB: ['London', 'Leeds', 'Manchester', 'Bristol', 'Edinburgh', 'Cardiff', 'Belfast', 'Glasgow', 'Birmingham'],
  US: ['New York', 'Chicago', 'Denver', 'Austin', 'Seattle', 'Boston', 'Atlanta', 'Portland'],
  DE: ['Berlin', 'Hamburg', 'München', 'Köln', 'Frankfurt am Main'],
  FR: ['Paris', 'Lyon', 'Nantes', 'Toulouse', 'Lille'],
  AU: ['Sydney', 'Melbourne', 'Brisbane', 'Perth', 'Adelaide'],
};

/** Company names consist of one of these words, a trade and a legal form. */
export const firmWords = words(`Northern Harbour Bright Oak River Summit Atlas Beacon Cedar Delta Ember Falcon Granite
  Horizon Ivory Juniper Keystone Lantern Meridian Nova`);
export const trades = words(`Logistics Dental Foods Interiors Motors Media Travel Energy Textiles Consulting Bakery
  Fitness Architects Studios Pharmacy`);
export const firmForms: Readonly<Record<DemoCountry, readonly string[]>> = {
  GB: ['Ltd', 'LLP'],
  US: ['Inc.', 'LLC'],
  DE: ['GmbH', 'KG'],
  FR: ['SARL', 'SAS'],
  AU: ['Pty Ltd'],
};
export const jobTitles = ['Owner', 'Office manager', 'IT manager', 'Head of operations', 'Buyer', 'Director'] as const;
