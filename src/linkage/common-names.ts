import type { Country } from '../kernel/brands.ts';
import { phonetic } from './phonetic.ts';
import { latin } from './transliterate.ts';

/**
 * Given names that are near each other in writing and yet two names, with those around them: Maria and Marina may be twins. General knowledge; a name that is missing
 * is learned where several records bear it.
 */
const NAMES: Readonly<Record<Country, string>> = {
  BG: `Ава Агата Адам Адриан Адриана Алекс Александър Александра Алина Албена Алиса Ана Анастас Анастасия Ангел Ангелина Андон Андреа Андрей Анелия Анета Ани Аника
    Анна Антон Антоан Антония Асен Асен Атанас Атанаска Ася Биляна Бисер Бисера Благой Благовест Бойка Бойко Божидар Божана Борис Борислав Борислава Боян Бояна Бранимир
    Валентин Валентина Валери Валерия Ваня Варвара Васил Василена Васила Велизар Велислав Велислава Велина Венета Венелин Венера Венцислав Вера Веселин Веселина Весела
    Виктор Виктория Виолета Витан Влад Владимир Владислав Владислава Вяра Габриел Габриела Галин Галина Галя Ганка Ганчо Георги Гергана Герман Гина Горан Григор Дамян
    Дана Данаил Даниел Даниела Дарина Дария Дафина Деница Деян Деяна Десислава Джулия Диана Дима Димана Димитър Димитрина Димо Дина Динко Добрин Добринка Донка Дора
    Драгомир Ева Евгени Евгения Евелин Евелина Екатерина Елен Елена Елеонора Елиана Елин Елина Елисавета Елица Елка Емил Емилия Емилиян Емилияна Емма Есен Жана Жанета
    Живка Живко Захари Здравка Здравко Зорница Зоя Ива Ивайло Иван Ивана Иванка Ивелин Ивелина Иво Ивон Илиана Илиян Илия Илина Ирен Ирена Ирина Искра Йоан Йоана Йордан
    Йорданка Кала Калин Калина Калоян Камелия Камен Каролина Катерина Катя Кирил Кирила Климент Константин Константина Коста Костадин Красимир Красимира Кремена Крис
    Кристиан Кристиана Кристина Кристин Крум Лазар Лара Лиана Лидия Лили Лилия Лиляна Лина Лора Лоран Любен Любомир Любомира Любов Людмил Людмила Магдалена Маргарит
    Маргарита Марга Мария Мариан Мариана Марин Марина Марио Марияна Марко Мартин Мартина Матей Мая Мила Милан Милана Милен Милена Милица Милка Мира Мирела Мирослав
    Мирослава Митка Митко Михаил Михаела Момчил Моника Надежда Надя Наталия Наум Неда Недка Недялка Недялко Нели Ния Никол Никола Николай Николета Николина Нина Нора Огнян
    Олга Павел Павла Павлина Паола Пенка Пенчо Петко Петра Петранка Петър Петя Пламен Пламена Полина Преслав Преслава Рада Радка Радко Радослав Радослава Радостин
    Радостина Райна Райчо Рая Ралица Рени Росен Росица Румен Румяна Русалин Сава Самуил Светла Светлана Светлин Светослав Светослава Свилен Симеон Симона Слав Славена
    Славка Славчо Слави Снежана Соня София Спас Спаска Станимир Станимира Станислав Станислава Станка Стела Стефан Стефани Стефания Стефка Стоил Стоян Стоянка Таня Татяна
    Теа Теодор Теодора Теодоси Тереза Тихомир Тодор Тодорка Тома Траян Филип Христина Христо Христомир Цанка Цанко Цветан Цветана Цветанка Цветелин Цветелина Цветомир
    Цветина Юлия Юлиян Юлияна Явор Яна Янка Янко Яница Ясен Ясмина Яким Яков`,
  RO: `Ada Adela Adelina Adina Adrian Adriana Agata Alberta Albert Alex Alexandra Alexandru Alexia Alin Alina Alis Amalia Amelia Ana Anamaria Anastasia Anca Anda Andra Andrada
    Andrei Andreea Aneta Angela Angel Anghel Anton Antonia Antonio Ariana Arina Aura Aurel Aurelia Aurelian Aurora Beatrice Bianca Bogdan Bogdana Brandusa Camelia Camil
    Camilia Carina Carla Carmen Carmina Catalin Catalina Catrinel Cecilia Cezar Cezara Ciprian Claudia Claudiu Codrin Codrina Codruta Constantin Constantina Corina Cornel
    Cornelia Corneliu Cosmin Cosmina Costin Cristian Cristiana Cristina Dan Dana Daniel Daniela Daria Darius David Delia Denis Denisa Diana Dina Dinu Doina Dorel Dorian Doriana
    Dorin Dorina Doru Dragos Dumitra Dumitru Ecaterina Edmond Eduard Ela Elena Eleonora Elisa Elisabeta Eliza Ema Emanuel Emanuela Emil Emilia Emilian Emma Estera Eugen
    Eugenia Eva Evelina Fabian Fabiana Felicia Felix Filip Flavia Flaviu Floarea Florentin Florentina Florian Floriana Florica Florin Florina Gabriel Gabriela Geanina Gelu
    Geo George Georgeta Georgian Georgiana Georgel Gheorghe Gianina Gina Giulia Grigore Horatiu Horia Iacob Iancu Ileana Ilie Ilinca Ina Ioan Ioana Ion Ionel Ionela Ionut Ionuta
    Irina Iris Isabela Iulia Iulian Iuliana Iuliu Iustin Iustina Izabela Larisa Laur Laura Laurentiu Lavinia Lelia Leonard Leontina Lia Lidia Ligia Lili Lilia Liliana Liviu
    Livia Loredana Luca Lucas Lucia Lucian Luciana Luiza Luminita Madalin Madalina Magda Magdalena Malina Manuel Manuela Mara Marcel Marcela Marcu Marga Margareta Maria Marian
    Mariana Marin Marina Marinela Mario Marioara Marius Marta Matei Mihaela Mihai Mihail Mihnea Mircea Mirela Miron Miruna Monica Nadia Natalia Nelu Nicolae Nicoleta Nicolai
    Nicusor Nora Octav Octavia Octavian Olga Olimpia Olivia Otilia Ovidiu Pamela Patricia Paul Paula Pavel Petra Petre Petru Petronela Rada Radu Raluca Ramona Rares Raul Rebeca
    Remus Robert Roberta Rodica Roman Romeo Romina Romulus Rosa Roxana Ruxandra Sabin Sabina Sanda Sandra Sanziana Sara Saveta Sebastian Sergiu Severin Severina Sidonia Silvia
    Silviu Silvian Simina Simion Simona Sofia Sonia Sorana Sorin Sorina Stan Stana Stefan Stefania Stela Tania Teodor Teodora Tiberiu Timea Tudor Tudora Valentin Valentina Valeria
    Valeriu Vasile Vasilica Veronica Vicentiu Victor Victoria Viorel Viorela Viorica Virgil Virginia Vlad Vladimir Zina Zoe`,
};

const codesOf = (country: Country): ReadonlySet<string> =>
  new Set(
    NAMES[country]
      .split(/\s+/)
      .filter((name) => name !== '')
      .map((name) => phonetic(latin(name), country)),
  );
const CODES: Readonly<Record<Country, ReadonlySet<string>>> = { BG: codesOf('BG'), RO: codesOf('RO') };

/** Is a word, as it sounds, a given name in its own right? */
export function isCommonName(code: string, country: Country): boolean {
  return CODES[country].has(code);
}
