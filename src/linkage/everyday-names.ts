import type { Country } from '../kernel/brands.ts';
import { phonetic } from './phonetic.ts';
import { latin } from './transliterate.ts';

/** Short forms that do not begin like the full name, or leave fewer than three letters of it. General knowledge of both languages; one line a name. */
const BULGARIAN = `
Александър: Алекс Сашо Саша Санди Сандо Алеко Ачо
Александра: Алекс Сашка Саша Санди Сани Ади
Ангел: Ачо Гельо Анчо
Ангелина: Гели Ани Лина
Анна: Ани Анче Анка Аня
Анелия: Ани Нели
Антон: Тони Тончо Тошо
Антоанета: Тони Ани Нети Таня
Антония: Тони Тонка
Асен: Сенко
Атанас: Наско Начо Таско Таки
Атанаска: Наска Сийка
Божидар: Божо Дарчо Даро Дари
Бойко: Боби
Борис: Боби Боре Бобо Борко
Борислав: Боби Боре Бобо Слави
Боян: Боби
Валентин: Вальо Вальо Валко Тинко Валето
Валентина: Валя Вали Ваня Тина
Валери: Вальо Вал Валето
Валерия: Вали Валя Лера
Васил: Васко Вальо Вако Цилко
Василка: Ваня Васка Силва Сийка
Венцислав: Венци Венцо Слави
Весела: Веси
Веселин: Веско Весо Веси
Веселина: Веси Веса Лина
Виктор: Вики
Виктория: Вики Тори
Виолета: Вили Виола Лети Виолка
Владимир: Владо Влади Мирко Миро
Галина: Гали Галя Галка
Гергана: Гери Гера
Георги: Жоро Гошо Гого Гоше Герго Жорко Гоцо Геро Гошко
Григор: Гришо Гриша Гого
Даниел: Дани Данчо Данко
Даниела: Дани Данче Ели
Десислава: Деси Слава
Димитрина: Дими Митка
Димитър: Митко Димо Мите Митьо Димчо Митака Димитричко
Ева: Еви
Екатерина: Катя Кати Катето Катерина Рина
Елена: Ели Лена Ленче Еля Ленка
Елисавета: Ели Лиза Сава Лизи Елза
Емил: Емо Ем Емко Миле
Емилия: Еми Ема Ем Мила
Емилиян: Емо Еми
Живка: Жени Жива
Живко: Жико Жиго Жифко
Здравка: Здрави Равка
Здравко: Здрави Здравчо
Златка: Злати Зати
Иван: Ваньо Ванко Ванчо Иво Вани Ванката Ваню Ването
Ивана: Ива Иви Вани
Иванка: Ваня Ванка Ванче Ива
Ивайло: Иво Ивко
Илия: Илийчо Лиьо Илко Лико
Илиян: Илко Илийчо
Йордан: Данчо Дани Дачо Йоро Данко Дако
Йорданка: Данче Дани Данка Данчето
Калин: Кали Калинчо
Калоян: Кало Калата Коки
Камен: Камбо
Катерина: Катя Кати
Катя: Кати Катето Катерина Екатерина
Кирил: Киро Кирчо Кире Кичо
Константин: Коста Косьо Коце Динко Кольо
Константина: Тина Дина Коци
Костадин: Коста Косьо Динко Дино Коце
Костадинка: Дина Динка Коца
Красимир: Краси Красьо Мирко Миро
Красимира: Краси Мира Красето
Кристина: Криси Тина Крис
Кръстьо: Къци
Лидия: Лиди
Лилия: Лили Лилка Лия
Лиляна: Лили Лилка Ляна Лиле
Лозан: Лозко
Любен: Любчо Любо Бенчо
Любов: Люба
Любомир: Любо Любчо Миро
Людмила: Люси Мила
Маргарита: Марги Маги Рита Магито
Мариана: Мими Мари Яна Марианка
Марийка: Мими Мара Мария
Марин: Маринчо Мачо
Марина: Мари Мара
Мария: Мими Мара Марийка Маша Мариика Мици Маря
Марияна: Мими Мари Яна
Марко: Маркаш
Методи: Мето Мете Методий
Миглена: Миги
Милен: Миленчо Миле
Милена: Мили Мила Ленка
Милка: Мими Мили
Мирослав: Миро Мирчо Слави
Мирослава: Мира Мими Слава
Митко: Мите Димитър
Михаил: Мишо Миша Михо Миро Мишко
Михаела: Михи Ели Миша
Момчил: Момо Момчо
Надежда: Надя Наде Надка Нади
Наталия: Нати Таля Ната
Невена: Неви Нени Вена
Недялка: Недка Неда Неди Дяла
Николай: Ники Кольо Колю Николайчо Коле
Никола: Коле Кольо Ники Колю Никалай
Николета: Ники Нети Лета
Николина: Нина Ники Лина Нинка
Огнян: Оги Огито Огнянчо
Павел: Павката Павка Павли Пачо Павльо
Павлина: Павла Поли Лина Павлинка
Пенка: Пепи Пени
Пенчо: Пенко Пепи
Петко: Пепи Петьо Пеко
Петър: Пешо Петьо Пепи Петко Перо Петю Пецо
Петя: Пепа Пепи Петето
Пламен: Пацо Пламбо
Пламена: Плами
Преслав: Пресли Слави
Радка: Ради Радето
Радослав: Радо Ради Рацо
Радостин: Радо Ради
Райна: Райка Райче Рая Рени
Ралица: Рали Лица
Росен: Роско Росьо
Росица: Роси Росе Сици
Румен: Румчо Румбата Руми
Румяна: Руми Румка Мяна
Светла: Свети Цеца Светле
Светлана: Свети Лана Светла Цеца
Светослав: Светльо Слави Светли
Симеон: Мони Мон Симо Мончо Монката
Симона: Мони Сими
Славка: Слави
Славчо: Слави Славе
Снежана: Снежка Снежи Снеже
София: Софи Соня
Спас: Спаско Паско
Станимир: Стани Мирко Станко
Станислав: Стани Станчо Слави
Станка: Стани Танка
Стефан: Стефчо Фанко Стефо Стефко Фани
Стефка: Стефи Фани
Стоил: Стоичко
Стоян: Стойчо Стоенчо Тоньо Стоичко Цоньо
Стоянка: Стойка Тянка Цонка
Таня: Танче Татяна Танка
Татяна: Таня Танче Танчето Тани
Теодор: Тео Тошо Теди Тодор
Теодора: Тео Теди Дора
Тинка: Тина
Тихомир: Тишо Тихо
Тодор: Тошо Тодо Тошко Теди Тоди
Тодорка: Дорка Тоди Дора
Филип: Филчо Фичо Фипи
Хари: Харито
Христина: Тинка Тина Хриси Криси Ина
Христо: Ицо Ицко Христи Ице Риско Ицето
Цветан: Цецо Цецко Цветко Цанко Цвети
Цветана: Цеца Цвети Цвета
Цветанка: Цеца Цвети Цвета
Цветелина: Цвети Лина
Юлия: Юли Юлка Жулия
Юлиян: Юли
Явор: Ворчо
Яна: Яни Янка
Янка: Яни Яна Анка
Янко: Яни Яначко
`;
const ROMANIAN = `
Adrian: Adi Edi
Adriana: Adi Ada Adina
Alexandra: Sanda Ale Alexa Andra Sandra
Alexandru: Alex Sandu Alecu Ali
Ana: Anuta Anica Ani
Anastasia: Tasia Nastasia
Andreea: Andra Deea Andi
Andrei: Andi
Anton: Toni Tony
Antonia: Toni
Aurelia: Lia Relu
Aurel: Relu Relut
Constantin: Costel Costi Dinu Titi Costica Costin Ticu
Constantina: Dina Tina
Cristian: Cristi
Cristina: Cristi Tina Cri
Daniel: Dani Dan Danut
Daniela: Dani Dana
Dumitru: Mitica Mitru Dumi Mitu Mitruta Demi
Ecaterina: Cati Catrina Tinca Catinca Rina
Elena: Lenuta Ileana Leana Ela Lena Ilinca
Elisabeta: Eliza Lisa Veta Saveta
Emanuel: Manu Emi Manuel
Emanuela: Manu Ela Emi Manuela
Eugen: Jeni Genu Gene
Eugenia: Jeni Geni
Florentina: Flori Tina Ina
Florin: Flo Florica
Gabriel: Gabi Gabita
Gabriela: Gabi Ela Gabita
George: Gigi Geo Gheorghe Georgica
Georgeta: Geta Gina Gigi
Georgiana: Gina Geo Gigi Giorgiana
Gheorghe: Gigi Ghita Gicu George Gica Gogu Geo
Ioan: Ionel Ionut Nelu Nutu Ion Ionica Nelut
Ioana: Oana Ionela
Ion: Ionel Ionut Nelu Nutu Ioan Ionica Nelut
Iulian: Iuli
Iuliana: Iuli Liana
Laurentiu: Lau Lari Lauri Laurent
Loredana: Lori Dana
Lucian: Luci
Madalina: Mada Lina
Magdalena: Magda Lena
Margareta: Geta Marga
Maria: Marioara Marita Mia Mariuca Ria Maricica Mimi
Mariana: Mari
Marian: Mari Marin
Mihaela: Miha Ela
Mihai: Misu Mihaita Mita Misa Mihail
Mirela: Mira Ela
Nicolae: Nicu Nelu Nae Niculae Nicusor Cula Culita Nicolai
Nicoleta: Nico Leta
Octavian: Tavi Octav
Octaviana: Tavi
Ovidiu: Ovi
Paul: Pavel Paulica
Petru: Petrica Petre Petrut
Petronela: Nela Petra
Radu: Raducu
Roxana: Roxi Oxana
Sebastian: Sebi
Sorin: Sori
Stefan: Fane Fanel Fanica
Stefania: Fanica Stefi Fani
Teodor: Tudor Doru Dorel Tedi
Teodora: Dora Tedi
Valentin: Vali
Valentina: Vali Tina
Vasile: Vasilica Lica Sile Vasi
Vasilica: Lica
Victor: Vici
Victoria: Vica Tori
Viorel: Vio Relu
Viorica: Vio Rica
`;

function tableOf(text: string, country: Country): ReadonlyMap<string, ReadonlySet<string>> {
  const table = new Map<string, Set<string>>();
  for (const line of text.trim().split('\n')) {
    const [full = '', forms = ''] = line.split(':');
    const code = (name: string): string => phonetic(latin(name), country);
    const key = code(full);
    const set = table.get(key) ?? new Set<string>();
    for (const form of forms.trim().split(' ')) set.add(code(form));
    table.set(key, set);
  }
  return table;
}

const TABLES: Readonly<Record<Country, ReadonlyMap<string, ReadonlySet<string>>>> = {
  BG: tableOf(BULGARIAN, 'BG'),
  RO: tableOf(ROMANIAN, 'RO'),
};
const NONE: ReadonlySet<string> = new Set();

/** Short forms of a full given name, both as they sound; empty for names not in the table. */
export function everydayForms(code: string, country: Country): ReadonlySet<string> {
  return TABLES[country].get(code) ?? NONE;
}

function reversed(table: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, readonly string[]> {
  const roots = new Map<string, string[]>();
  for (const [full, forms] of table) for (const form of forms) roots.set(form, [...(roots.get(form) ?? []), full]);
  return roots;
}
const ROOTS: Readonly<Record<Country, ReadonlyMap<string, readonly string[]>>> = { BG: reversed(TABLES.BG), RO: reversed(TABLES.RO) };

/** Full given names of which this is a short form, both as they sound; empty for names not in the table. */
export function rootsOf(code: string, country: Country): readonly string[] {
  return ROOTS[country].get(code) ?? [];
}
