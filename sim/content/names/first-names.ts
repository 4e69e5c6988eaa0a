/**
 * First names, by pool. Lists are append-only: a name's position is part of its index (see `names.ts`). Commoner names
 * come first, since the draw favours the head of a list.
 */

// biome-ignore format: dense list
export const WOMEN_NAMES: readonly string[] = [
  'Emma', 'Olivia', 'Sophia', 'Maria', 'Emily', 'Jessica', 'Ashley', 'Sarah', 'Hannah', 'Isabella',
  'Samantha', 'Mia', 'Aaliyah', 'Lauren', 'Priya', 'Rachel', 'Sofia', 'Megan', 'Jasmine', 'Amanda',
  'Elizabeth', 'Mei', 'Abigail', 'Gabriela', 'Nicole', 'Stephanie', 'Fatima', 'Victoria', 'Chloe', 'Natalie',
  'Ana', 'Grace', 'Brianna', 'Camila', 'Katherine', 'Danielle', 'Zoe', 'Leila', 'Vanessa', 'Madison',
  'Anna', 'Valentina', 'Rebecca', 'Claire', 'Imani', 'Julia', 'Lucia', 'Allison', 'Kayla', 'Aisha',
  'Melissa', 'Daniela', 'Caroline', 'Nina', 'Linh', 'Michelle', 'Andrea', 'Brooke', 'Elena', 'Naomi',
  'Paige', 'Diana', 'Ingrid', 'Kiara', 'Molly', 'Sana', 'Audrey', 'Carmen', 'Tiffany', 'Yuki',
  'Kelsey', 'Mariana', 'Heather', 'Amara', 'Ruby', 'Alicia', 'Bianca', 'Leah', 'Shreya', 'Holly',
  'Amelia', 'Simone', 'Paula', 'Hana', 'Jenna', 'Renata', 'Monique', 'Lily', 'Anjali', 'Erica',
  'Ximena', 'Violet', 'Nadia', 'Cassandra', 'Helen', 'Soo-jin', 'Eva', 'Tessa', 'Adriana', 'Keisha',
  'Margaret', 'Noor', 'Faith', 'Yolanda', 'Katya', 'Bridget', 'Lena', 'Divya', 'Ella', 'Marisol',
  'Veronica', 'Ngozi', 'Hazel', 'Catalina', 'Fiona', 'Ebony', 'Alice', 'Xiu', 'Beatriz', 'Stella',
  'Gwen', 'Lorena', 'Mina', 'Clara', 'Deja', 'Ivy', 'Salma', 'Nora', 'Pilar', 'Josephine',
  'Thuy', 'Maeve', 'Rosa', 'Zara', 'Annika', 'Giovanna', 'Latoya', 'Freya', 'Esther', 'Kavya',
  'Miriam', 'Chiara', 'Dolores', 'Sade', 'Astrid', 'Saoirse', 'Noémie', 'Belén', 'Inès', 'Tamara',
  'Penelope', 'Juliet', 'Daphne', 'Luna', 'Mabel', 'Ananya', 'Wanjiru', 'Rosalind', 'Vivian', 'Matilda',
]

// biome-ignore format: dense list
export const MEN_NAMES: readonly string[] = [
  'Michael', 'James', 'David', 'Daniel', 'Matthew', 'Carlos', 'Joshua', 'Christopher', 'Andrew', 'Ethan',
  'Jose', 'Joseph', 'Tyler', 'Noah', 'Brandon', 'Raj', 'Anthony', 'Ryan', 'Marcus', 'Luis',
  'Benjamin', 'William', 'Wei', 'Nicholas', 'Diego', 'Jacob', 'Malik', 'Justin', 'Robert', 'Omar',
  'Liam', 'Alexander', 'Kevin', 'Mateo', 'Samuel', 'John', 'Darius', 'Zachary', 'Miguel', 'Kyle',
  'Thomas', 'Ahmed', 'Lucas', 'Nathan', 'Juan', 'Jamal', 'Eric', 'Adam', 'Arjun', 'Steven',
  'Gabriel', 'Isaiah', 'Patrick', 'Hiroshi', 'Sean', 'Javier', 'Henry', 'Trevor', 'Andre', 'Jack',
  'Ricardo', 'Ian', 'Minh', 'Caleb', 'Victor', 'Terrence', 'Owen', 'Vikram', 'Antonio', 'Paul',
  'Oliver', 'Xavier', 'Kenji', 'Connor', 'Hassan', 'Brian', 'Rafael', 'Dylan', 'DeShawn', 'Peter',
  'Mohammed', 'Sergio', 'Max', 'Jin', 'Derek', 'Elijah', 'Alejandro', 'Scott', 'Kofi', 'Vincent',
  'Rohan', 'Julian', 'Garrett', 'Emeka', 'Fernando', 'Theo', 'Ali', 'Colin', 'Terrell', 'Leo',
  'Nikolai', 'Spencer', 'Ivan', 'Hector', 'Simon', 'Dae-jung', 'Wyatt', 'Tariq', 'Gregory', 'Bruno',
  'Chase', 'Sanjay', 'Felix', 'Manuel', 'Oscar', 'Dante', 'Lamar', 'Hugo', 'Pedro', 'Aaron',
  'Yusuf', 'Grant', 'Emilio', 'Sebastian', 'Kwame', 'Declan', 'Ruben', 'Philip', 'Nikhil', 'Travis',
  'Anders', 'Joaquin', 'Reggie', 'Stefan', 'Isaac', 'Khalil', 'Duncan', 'Hyun-woo', 'Pablo', 'Wesley',
  'Gustavo', 'Edwin', 'Matthias', 'Tomas', 'Roman', 'Jérôme', 'Mikkel', 'Björn', 'Søren', 'Ramón',
  'Curtis', 'Neil', 'Amir', 'Miles', 'Chidi', 'Enzo', 'Lorenzo', 'Abel', 'Gordon', 'Dmitri',
]

/** Names used across genders; disjoint from the two lists above. */
// biome-ignore format: dense list
export const NEUTRAL_NAMES: readonly string[] = [
  'Alex', 'Jordan', 'Taylor', 'Casey', 'Riley', 'Morgan', 'Sam', 'Jamie', 'Avery', 'Cameron',
  'Quinn', 'Charlie', 'Jess', 'Robin', 'Dakota', 'Skyler', 'Rowan', 'Reese', 'Parker', 'Hayden',
  'Drew', 'Emerson', 'Sage', 'Kai', 'Jules', 'Finley', 'River', 'Peyton', 'Blake', 'Elliot',
  'Frankie', 'Andie', 'Harper', 'Ari', 'Toni', 'Devon', 'Remy', 'Phoenix', 'Rory', 'Lee',
  'Shay', 'Bailey', 'Kendall', 'Micah', 'Noel', 'Tatum', 'Ellis', 'Sidney', 'Sasha', 'Marley',
  'Nico', 'Logan', 'Ash', 'Indigo', 'Lane', 'Wren', 'Arden', 'Jaden', 'Kit', 'Oakley',
  'Sol', 'Nikita', 'Akira', 'Yael', 'Amari', 'Ren', 'Jean', 'Kerry', 'Shannon', 'Marlowe',
  'Hollis', 'Briar', 'Lennon', 'Ocean', 'Eden', 'Darcy', 'Zion', 'Campbell', 'Monroe', 'Winter',
]
