import type { AgencyKind } from '../kernel/brands.ts';
import { isIsoDate } from '../kernel/dates.ts';
import type { PolicyError } from './policy-error.ts';
import type { Basis, Instrument, Law, Notice, PolicyTest, Purpose, Rule } from './purpose.ts';
import { Shape } from './shape.ts';
import type { GuardianSees, Verb } from './vocabulary.ts';
import { readYaml } from './yaml-document.ts';

/** A file of `schema/policy/`: its name and its text. */
export interface PolicySource {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads one purpose file into its intermediate form. The shape is checked here, the words are checked by `checks/`; hence the casts below.
 * Gives null when the file is no YAML at all; `errors` holds every fault with its line.
 */
export function parsePurpose(source: PolicySource): { purpose: Purpose | null; errors: PolicyError[] } {
  const document = readYaml(source.file, source.text);
  const errors: PolicyError[] = [...document.errors];
  if (errors.length > 0) return { purpose: null, errors };
  const top = new Shape(document, errors, document.root);
  const id = top.text('purpose');
  const where = { file: source.file };

  const purpose: Purpose = {
    ...where,
    content: document.root,
    lineOf: document.lineOf,
    info: {
      id,
      parent: top.optionalText('parent') ?? null,
      title: top.text('title'),
      law: top.many('law').map(law),
      basis: basis(top.one('basis')) ?? missing('basis', { gdpr6: '', national: '' }),
      instrument: instrument(top.one('instrument')),
      notice: notice(top.one('notice')),
      who: top.words('who') as AgencyKind[],
      caseRequired: top.flag('caseRequired', false),
      reasonRequired: top.flag('reasonRequired', false),
      guardianSees: top.text('guardianSees') as GuardianSees,
      retentionDays: top.count('retentionDays') ?? missing('retentionDays', 0),
      maxTokenSeconds: top.count('maxTokenSeconds'),
    },
    scopes: scopes(top.one('scopes')),
    rules: top.many('rules').map(rule),
    tests: top.many('tests').map(test),
  };
  top.finish();
  return { purpose, errors };

  function missing<T>(key: string, instead: T): T {
    errors.push({ code: 'MISSING_KEY', message: `${key} is missing`, file: source.file, line: 1 });
    return instead;
  }

  function rule(shape: Shape): Rule {
    const effect = shape.text('effect');
    if (effect !== 'allow' && effect !== 'deny')
      errors.push({ code: 'WRONG_SHAPE', message: `effect must be allow or deny, not "${effect}"`, ...where, line: shape.line });
    const made: Rule = {
      ...where,
      path: shape.path,
      line: shape.line,
      purpose: id,
      id: `${id}/${shape.text('id')}`,
      effect: effect === 'allow' ? 'allow' : 'deny',
      categories: shape.words('categories'),
      fields: shape.words('fields'),
      verbs: shape.words('verbs') as Verb[],
      who: shape.words('who') as AgencyKind[],
      guardian: (shape.optionalText('guardian') ?? null) as Rule['guardian'],
      unless: (shape.optionalText('unless') ?? null) as Rule['unless'],
      basis: basis(shape.one('basis')) ?? null,
      why: shape.text('why'),
    };
    shape.finish();
    return made;
  }

  function test(shape: Shape): PolicyTest {
    const made: PolicyTest = {
      ...where,
      path: shape.path,
      line: shape.line,
      purpose: id,
      as: shape.text('as') as AgencyKind,
      category: shape.optionalText('category'),
      coordinate: shape.optionalText('coordinate'),
      verb: (shape.optionalText('verb') ?? 'read') as Verb,
      child: shape.words('child'),
      expect: shape.text('expect') as PolicyTest['expect'],
    };
    shape.finish();
    return made;
  }

  function instrument(shape: Shape | undefined): Instrument {
    const published = shape?.optionalText('published') ?? '';
    if (shape && !isIsoDate(published))
      errors.push({
        code: 'MISSING_INSTRUMENT',
        message: 'instrument.published must be the day of publication, YYYY-MM-DD',
        ...where,
        line: shape.line,
      });
    const made = { reference: shape?.optionalText('reference') ?? '', published, url: shape?.optionalText('url') };
    shape?.finish();
    return made;
  }
}

function law(shape: Shape): Law {
  const made = {
    country: shape.text('country') as Law['country'],
    act: shape.text('act'),
    article: shape.text('article'),
    url: shape.optionalText('url'),
  };
  shape.finish();
  return made;
}

function basis(shape: Shape | undefined): Basis | undefined {
  if (!shape) return undefined;
  const made = { gdpr6: shape.text('gdpr6'), gdpr9: shape.optionalText('gdpr9'), national: shape.text('national') };
  shape.finish();
  return made;
}

function notice(shape: Shape | undefined): Notice {
  const made = { reference: shape?.optionalText('reference') ?? '', version: shape?.optionalText('version') ?? '' };
  shape?.finish();
  return made;
}

function scopes(shape: Shape | undefined): Map<AgencyKind, string[]> {
  const made = new Map<AgencyKind, string[]>();
  for (const kind of shape?.keys() ?? []) made.set(kind as AgencyKind, shape?.words(kind) ?? []);
  return made;
}
