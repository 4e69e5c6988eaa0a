/** Last names, commoner ones first (after the US Census list, widened). Append-only. */
// biome-ignore format: dense list
export const LAST_NAMES: readonly string[] = [
  'Smith', 'Johnson', 'Williams', 'Brown', 'Jones', 'Garcia', 'Miller', 'Davis', 'Rodriguez', 'Martinez',
  'Hernandez', 'Lopez', 'Gonzalez', 'Wilson', 'Anderson', 'Thomas', 'Taylor', 'Moore', 'Jackson', 'Martin',
  'Lee', 'Perez', 'Thompson', 'White', 'Harris', 'Sanchez', 'Clark', 'Ramirez', 'Lewis', 'Robinson',
  'Walker', 'Young', 'Allen', 'King', 'Wright', 'Nguyen', 'Scott', 'Torres', 'Hill', 'Flores',
  'Green', 'Adams', 'Nelson', 'Baker', 'Hall', 'Rivera', 'Campbell', 'Mitchell', 'Carter', 'Roberts',
  'Patel', 'Gomez', 'Phillips', 'Evans', 'Turner', 'Diaz', 'Parker', 'Cruz', 'Edwards', 'Collins',
  'Reyes', 'Stewart', 'Morris', 'Kim', 'Morales', 'Murphy', 'Cook', 'Rogers', 'Gutierrez', 'Ortiz',
  'Morgan', 'Cooper', 'Peterson', 'Bailey', 'Reed', 'Kelly', 'Howard', 'Ramos', 'Chen', 'Cox',
  'Ward', 'Richardson', 'Watson', 'Brooks', 'Chavez', 'Wood', 'Bennett', 'Gray', 'Mendoza', 'Ruiz',
  'Hughes', 'Price', 'Alvarez', 'Castillo', 'Sanders', 'Singh', 'Myers', 'Long', 'Ross', 'Foster',
  'Jimenez', 'Powell', 'Jenkins', 'Wang', 'Perry', 'Russell', 'Sullivan', 'Bell', 'Coleman', 'Butler',
  'Henderson', 'Barnes', 'Tran', 'Fisher', 'Vasquez', 'Simmons', 'Jordan', 'Park', 'Patterson', 'Shah',
  'Li', 'Hamilton', 'Graham', 'Reynolds', 'Griffin', 'Wallace', 'Moreno', 'West', 'Hayes', 'Bryant',
  'Herrera', 'Gibson', 'Ellis', 'Pham', 'Medina', 'Aguilar', 'Stevens', 'Murray', 'Ford', 'Castro',
  'Khan', 'Marshall', 'Owens', 'Harrison', 'Fernandez', 'Kennedy', 'Wells', 'Vargas', 'Webb', 'Chang',
  'Tanaka', 'Okafor', 'Cohen', 'Rossi', 'Novak', 'Schmidt', 'Larsen', 'Kowalski', 'Dubois', 'Haddad',
  'Mensah', 'Ivanov', 'Costa', 'Silva', 'Yamamoto', 'Gupta', 'Ali', 'Hussain', 'Wu', 'Lin',
]
