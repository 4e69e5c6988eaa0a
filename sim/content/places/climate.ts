/**
 * Mean temperatures of the coldest and the warmest month's counterparts, January and July, in °C, by "Name, Region"
 * (climate normals 1991–2020, rounded to whole degrees). The months between follow a cosine, which is within two or
 * three degrees of the normals: enough to know when it snows and when people swim.
 */
// biome-ignore format: dense list
const NORMALS: Readonly<Record<string, readonly [january: number, july: number]>> = {
  'New York, NY': [1, 25], 'Newark, NJ': [0, 25], 'Jersey City, NJ': [1, 25], 'Yonkers, NY': [0, 24], 'Los Angeles, CA': [14, 22],
  'Long Beach, CA': [14, 23], 'Anaheim, CA': [14, 23], 'Chicago, IL': [-4, 24], 'Houston, TX': [12, 29], 'Phoenix, AZ': [14, 35],
  'Mesa, AZ': [13, 33], 'Scottsdale, AZ': [13, 34], 'Philadelphia, PA': [1, 26], 'San Antonio, TX': [11, 29], 'San Diego, CA': [14, 21],
  'Chula Vista, CA': [14, 21], 'Dallas, TX': [8, 30], 'Fort Worth, TX': [8, 30], 'Arlington, TX': [8, 30], 'Irving, TX': [8, 30],
  'San Jose, CA': [10, 21], 'San Francisco, CA': [11, 17], 'Oakland, CA': [11, 18], 'Fremont, CA': [10, 20], 'Austin, TX': [11, 30],
  'Jacksonville, FL': [12, 28], 'Columbus, OH': [-2, 24], 'Charlotte, NC': [5, 27], 'Indianapolis, IN': [-2, 24], 'Seattle, WA': [5, 19],
  'Tacoma, WA': [5, 19], 'Denver, CO': [0, 24], 'Aurora, CO': [0, 24], 'Washington, DC': [3, 27], 'Arlington, VA': [3, 27],
  'Baltimore, MD': [1, 26], 'Boston, MA': [-1, 24], 'Cambridge, MA': [-1, 24], 'El Paso, TX': [8, 29], 'Nashville, TN': [4, 27],
  'Detroit, MI': [-4, 23], 'Oklahoma City, OK': [4, 28], 'Portland, OR': [5, 21], 'Vancouver, WA': [5, 20], 'Las Vegas, NV': [9, 34],
  'Henderson, NV': [9, 34], 'Memphis, TN': [5, 28], 'Louisville, KY': [2, 26], 'Milwaukee, WI': [-5, 22], 'Albuquerque, NM': [3, 26],
  'Tucson, AZ': [12, 31], 'Fresno, CA': [8, 28], 'Sacramento, CA': [9, 24], 'Kansas City, MO': [-1, 26], 'Atlanta, GA': [7, 27],
  'Omaha, NE': [-4, 25], 'Colorado Springs, CO': [-1, 22], 'Raleigh, NC': [5, 27], 'Durham, NC': [5, 26], 'Miami, FL': [20, 29],
  'Fort Lauderdale, FL': [20, 28], 'Virginia Beach, VA': [5, 26], 'Norfolk, VA': [5, 27], 'Minneapolis, MN': [-9, 23],
  'Saint Paul, MN': [-9, 23], 'Tulsa, OK': [3, 28], 'Wichita, KS': [1, 27], 'Tampa, FL': [16, 29], 'St. Petersburg, FL': [16, 29],
  'New Orleans, LA': [12, 29], 'Cleveland, OH': [-2, 23], 'Honolulu, HI': [23, 27], 'Cincinnati, OH': [0, 24], 'Orlando, FL': [16, 28],
  'Pittsburgh, PA': [-1, 23], 'St. Louis, MO': [0, 27], 'Anchorage, AK': [-9, 15], 'Buffalo, NY': [-4, 22], 'Madison, WI': [-7, 22],
  'Boise, ID': [0, 25], 'Richmond, VA': [4, 26], 'Des Moines, IA': [-5, 25], 'Birmingham, AL': [7, 27], 'Salt Lake City, UT': [0, 27],
  'Providence, RI': [-1, 23], 'Portland, ME': [-5, 21], 'Toronto, ON': [-3, 23], 'Mississauga, ON': [-4, 22], 'Montreal, QC': [-9, 22],
  'Ottawa, ON': [-10, 21], 'Winnipeg, MB': [-16, 20], 'Halifax, NS': [-4, 19], 'Mexico City, CMX': [15, 18], 'Guadalajara, JAL': [17, 22],
  'Monterrey, NLE': [15, 28], 'Santo Domingo, DN': [25, 28], 'Bogotá, DC': [14, 14], 'Medellín, ANT': [22, 22], 'Lima, LMA': [23, 17],
  'Quito, P': [14, 14], 'São Paulo, SP': [23, 17], 'Rio de Janeiro, RJ': [27, 22], 'Recife, PE': [27, 25], 'Fortaleza, CE': [27, 26],
  'Buenos Aires, C': [25, 11], 'London, ENG': [6, 19], 'Manchester, ENG': [5, 17], 'Edinburgh, SCT': [4, 15], 'Dublin, D': [5, 16],
  'Paris, IDF': [5, 21], 'Lyon, ARA': [4, 23], 'Berlin, BE': [1, 20], 'Hamburg, HH': [2, 18], 'Munich, BY': [0, 19], 'Cologne, NW': [3, 19],
  'Amsterdam, NH': [4, 18], 'Rotterdam, ZH': [4, 18], 'Brussels, BRU': [4, 19], 'Vienna, W': [1, 22], 'Zurich, ZH': [1, 19],
  'Madrid, MD': [6, 26], 'Barcelona, CT': [10, 24], 'Lisbon, 11': [12, 23], 'Porto, 13': [10, 20], 'Rome, RM': [8, 26], 'Milan, MI': [4, 25],
  'Athens, I': [10, 29], 'Copenhagen, 84': [2, 18], 'Stockholm, AB': [-1, 18], 'Oslo, 03': [-3, 17], 'Helsinki, 18': [-4, 18],
  'Prague, 10': [0, 20], 'Warsaw, 14': [-1, 20], 'Budapest, BU': [1, 23], 'Bucharest, B': [-1, 24], 'Tokyo, 13': [5, 26],
  'Yokohama, 14': [6, 25], 'Osaka, 27': [6, 28], 'Kyoto, 26': [5, 27], 'Seoul, 11': [-2, 25], 'Busan, 26': [4, 24], 'Shanghai, SH': [5, 29],
  'Beijing, BJ': [-3, 27], 'Hong Kong, HK': [17, 29], 'Taipei, TPE': [16, 30], 'Singapore, SG': [27, 28], 'Kuala Lumpur, 14': [27, 28],
  'Manila, MNL': [26, 28], 'Quezon City, QZN': [26, 28], 'Bangkok, 10': [27, 30], 'Ho Chi Minh City, SG': [27, 28], 'Jakarta, JK': [27, 28],
  'Mumbai, MH': [25, 28], 'Delhi, DL': [14, 31], 'Bengaluru, KA': [22, 24], 'Kathmandu, P3': [11, 24], 'Colombo, 1': [27, 28],
  'Dubai, DU': [19, 36], 'Lagos, LA': [27, 26], 'Accra, AA': [28, 26], 'Nairobi, 30': [19, 17], 'Addis Ababa, AA': [16, 16],
  'Dar es Salaam, 02': [28, 24], 'Kigali, 01': [21, 21], 'Johannesburg, GP': [20, 11], 'Cape Town, WC': [22, 13], 'Sydney, NSW': [24, 13],
  'Melbourne, VIC': [21, 10], 'Brisbane, QLD': [25, 16], 'Perth, WA': [24, 13], 'Adelaide, SA': [23, 12], 'Hobart, TAS': [18, 9],
  'Auckland, AUK': [20, 11], 'Wellington, WGN': [18, 9],
}

/** A city of which nothing is known has a mild climate. */
const MILD: readonly [number, number] = [8, 22]

/** cos(2π · (month − 1) / 12) for January … December: 1 in January, −1 in July. */
const SWING = [1, 0.866, 0.5, 0, -0.5, -0.866, -1, -0.866, -0.5, 0, 0.5, 0.866]

/** Mean temperature of a month, °C. @param city "Name, Region" @param month 1–12 */
export function meanTemperature(city: string, month: number): number {
  const [january, july] = NORMALS[city] ?? MILD
  return (january + july) / 2 + ((january - july) / 2) * SWING[month - 1]!
}

/** Whether the city has four seasons: a dozen degrees between the two halves of the year. */
export function hasSeasons(city: string): boolean {
  const [january, july] = NORMALS[city] ?? MILD
  return Math.abs(january - july) >= 10
}

/** Whether January is the colder month: the north. */
export function winterInJanuary(city: string): boolean {
  const [january, july] = NORMALS[city] ?? MILD
  return january < july
}
