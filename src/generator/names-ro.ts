const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Common Romanian given names of men. */
export const RO_MALE = words(`
Andrei Alexandru Mihai Ionuț Ștefan Gabriel Cristian Florin Marian Constantin Ion Gheorghe Vasile Nicolae Dumitru Adrian Daniel Bogdan Cătălin Cosmin
Claudiu Ciprian Călin Dan David Denis Dinu Doru Dragoș Eduard Emanuel Emil Eugen Fabian Filip Grigore Horia Iacob Ilie Ioan
Iosif Iulian Iulius Laurențiu Leonard Liviu Lucian Luca Marcel Marin Marius Matei Mircea Mitică Nelu Octavian Ovidiu Patrick Paul Pavel
Petru Petre Petrică Radu Rareș Raul Răzvan Remus Robert Romeo Sabin Samuel Sandu Sebastian Septimiu Sergiu Silviu Simion Sorin Tănase
Teodor Teofil Tiberiu Toader Toma Traian Tudor Valentin Valeriu Valer Victor Viorel Virgil Vlad Vladimir Zaharia Anghel Anton Apostol Armand
Aurel Aurelian Avram Beniamin Casian Cezar Cornel Corneliu Damian Darius Dorel Dorin Eftimie Eremia Felix Flavius Gelu Gavril Haralambie Iancu
`);

/** Common Romanian given names of women. */
export const RO_FEMALE = words(`
Maria Elena Ioana Andreea Alexandra Ana Mihaela Cristina Daniela Gabriela Alina Florentina Georgiana Simona Mădălina Raluca Bianca Denisa Larisa Ștefania
Adela Adina Adriana Agata Alice Amalia Anca Anamaria Angela Antonia Aurelia Aurora Beatrice Camelia Carmen Casandra Catinca Cătălina Cecilia Claudia
Constanța Corina Cornelia Crina Dalia Dana Delia Diana Dochia Doina Dorina Dumitrița Ecaterina Eliza Emilia Erica Eugenia Eva Evelina Felicia
Flavia Floarea Florina Genoveva Gina Gloria Ileana Ilinca Ina Irina Isabela Iulia Iuliana Ivona Lavinia Lăcrămioara Laura Lidia Liliana Livia
Loredana Lorena Lucia Luciana Luminița Magda Magdalena Malina Marcela Marina Marta Melania Melisa Mirela Mirabela Miruna Monica Nadia Natalia Nicoleta
Nina Oana Octavia Olga Olimpia Otilia Ozana Paraschiva Patricia Paula Petronela Roxana Ruxandra Sabina Sanda Sidonia Silvia Smaranda Sofia Sorina
Stela Stanca Steliana Tamara Tania Teodora Teodosia Tudorița Valeria Vasilica Veronica Victoria Viorica Virginia Zamfira Zenovia Zina
`);

/** Common Romanian surnames. */
export const RO_SURNAMES = words(`
Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Constantin Marin Lazăr Lungu Munteanu Moldoveanu Sava Vasile Olteanu
Abălașei Achim Alexa Amariei Andone Antohi Apetrei Apostu Arsene Asaftei Avădanei Axinte Baciu Bălan Bălănescu Bădescu Barbu Bejan Berbecar Blaga
Bobeică Boboc Bogza Boicu Bordeianu Botezatu Brânză Bratosin Buhuș Burlacu Butnaru Calistru Câmpeanu Cantemir Căldărar Căpățînă Cărare Cazacu Ceaușu Cernat
Chelaru Chiriac Chirilă Cioată Cojocaru Coman Cornea Costea Covaci Crăciun Crețu Croitoru Curcă Dăscălescu Dediu Diaconu Dobre Dragan Drăgulescu Dănilă
Enache Epure Fântânaru Filimon Florea Focșa Frunză Găină Gavrilaș Gheorghiță Gliga Grădinaru Grosu Grigoraș Gurău Haralamb Herțeg Hriscu Hușanu Iacoban
Iftimie Ignat Iordache Ispas Istrate Jitaru Jora Lăcătuș Leonte Lupașcu Lupu Macovei Maftei Manole Mărgineanu Mazilu Merlușcă Mihalache Mitrea Mocanu
Moraru Moroșanu Mureșan Nechita Nedelcu Negoiță Nistor Nuțu Oancea Onofrei Oprea Palade Pantea Pascu Păduraru Pătrașcu Pavăl Perju Pintilie Plăcintă
Postolache Prisacaru Pușcașu Răileanu Rotaru Rădulescu Sandu Săvescu Scurtu Șerban Șoltuz Spătaru Stamate Stăncescu Sturzu Suciu Tănăsescu Timofte Tomescu Trifan
Țăranu Țîmpău Ursache Ursu Vâlcan Văduva Vieru Vlaicu Voicu Vulpe Zaharia Zăvoianu Zmeu Țurcanu Ștefănescu Șandru Constantinescu-Bârlădeanu Hagiconstantinescu
`);

/** What people are called at home. */
export const RO_NICKNAMES: Readonly<Record<string, string>> = {
  Andrei: 'Andi',
  Alexandru: 'Alex',
  Mihai: 'Miță',
  Ștefan: 'Fane',
  Gabriel: 'Gabi',
  Cristian: 'Cristi',
  Constantin: 'Costel',
  Ion: 'Nelu',
  Gheorghe: 'Gigi',
  Vasile: 'Vasilică',
  Nicolae: 'Nicu',
  Dumitru: 'Mitică',
  Adrian: 'Adi',
  Daniel: 'Dani',
  Cătălin: 'Căti',
  Eduard: 'Edi',
  Emanuel: 'Manu',
  Sebastian: 'Sebi',
  Laurențiu: 'Lau',
  Octavian: 'Tavi',
  Teodor: 'Teo',
  Valentin: 'Vali',
  Victor: 'Vichi',
  Viorel: 'Viore',
  Ioan: 'Nelu',
  Tiberiu: 'Tibi',
  Robert: 'Robi',
  Petru: 'Petrică',
  Maria: 'Mărioara',
  Elena: 'Lenuța',
  Ioana: 'Oana',
  Alexandra: 'Sanda',
  Ana: 'Anuța',
  Mihaela: 'Ela',
  Cristina: 'Cristi',
  Daniela: 'Dana',
  Gabriela: 'Gabi',
  Georgiana: 'Geo',
  Mădălina: 'Mada',
  Larisa: 'Lari',
  Ștefania: 'Fani',
  Ecaterina: 'Cati',
  Florentina: 'Flori',
  Florina: 'Flori',
  Magdalena: 'Magda',
  Nicoleta: 'Nico',
  Teodora: 'Dora',
  Veronica: 'Vera',
  Viorica: 'Vica',
  Antonia: 'Toni',
  Anamaria: 'Ami',
  Lăcrămioara: 'Mioara',
  Luminița: 'Luma',
  Victoria: 'Vichi',
};
