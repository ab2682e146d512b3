import {meets, type Requirement} from '../label-selector.ts';
import {badRequest} from '../status-error.ts';
import {labelTokens, type Token} from './label-tokens.ts';
import {labelValue, qualifiedName} from './names.ts';

/**
 * Parses what `kubectl -l` takes, e.g. `app=mysql,tier in (db, cache),!old`, into a test of labels.
 * @throws StatusError BadRequest, in the words of the real API server
 */
export function parseLabelSelector(text: string): (labels: Readonly<Record<string, string>>) => boolean {
  const requirements = parseRequirements(tokensOf(text));
  return labels => requirements.every(requirement => meets(requirement, labels));
}

interface Tokens {
  peek(): Token;
  next(): Token;
}

function tokensOf(text: string): Tokens {
  const tokens = labelTokens(text);
  const end: Token = {kind: 'end', text: ''};
  return {peek: () => tokens[0] ?? end, next: () => tokens.shift() ?? end};
}

function parseRequirements(tokens: Tokens): Requirement[] {
  const requirements: Requirement[] = [];
  if (tokens.peek().kind === 'end') return requirements;
  if (!startsRequirement(tokens.peek()))
    throw unexpected(tokens.peek(), ", expected: !, identifier, or 'end of string'");
  for (;;) {
    requirements.push(parseRequirement(tokens));
    const separator = tokens.next();
    if (separator.kind === 'end') return requirements;
    if (separator.kind !== ',') throw unexpected(separator, ", expected: ',' or 'end of string'");
    if (!startsRequirement(tokens.peek()))
      throw unexpected(tokens.peek(), ", expected: identifier after ','");
  }
}

const startsRequirement = ({kind}: Token) => kind === 'identifier' || kind === '!';

function parseRequirement(tokens: Tokens): Requirement {
  const negated = tokens.peek().kind === '!';
  if (negated) tokens.next();
  const key = identifier(tokens);
  const faults = qualifiedName(key);
  if (faults.length > 0) throw unparsed(`<nil>: Invalid value: ${JSON.stringify(key)}: ${faults.join('; ')}`);
  if (negated) return {key, operator: 'DoesNotExist'};
  if (['end', ','].includes(tokens.peek().kind)) return {key, operator: 'Exists'};
  const operator = operatorOf(tokens.next());
  const values = ['in', 'notin'].includes(operator) ? valueList(tokens) : [exactValue(tokens)];
  return checked({key, operator: names[operator], values});
}

/** The operators as they are written, and by their name in a LabelSelector. */
const names = {
  in: 'In',
  notin: 'NotIn',
  '=': 'In',
  '==': 'In',
  '!=': 'NotIn',
  '>': 'Gt',
  '<': 'Lt',
} as const;

function operatorOf(token: Token): keyof typeof names {
  if (Object.hasOwn(names, token.text)) return token.text as keyof typeof names;
  throw unparsed(found(token, ', expected: in, notin, =, ==, !=, gt, lt'));
}

function identifier(tokens: Tokens): string {
  const token = tokens.next();
  if (token.kind !== 'identifier') throw unparsed(found(token, ', expected: identifier'));
  return token.text;
}

const exactValue = (tokens: Tokens) => (['end', ','].includes(tokens.peek().kind) ? '' : identifier(tokens));

/** `(a, b)`; where a value is missing it is the empty one. */
function valueList(tokens: Tokens): string[] {
  const open = tokens.next();
  if (open.kind !== '(') throw unparsed(found(open, " expected: '('"));
  const values = new Set<string>();
  for (;;) {
    values.add(listedValue(tokens));
    const token = tokens.next();
    if (token.kind === ')') return [...values].sort();
    if (token.kind !== ',') throw unparsed(found(token, ", expected: ',' or ')'"));
  }
}

function listedValue(tokens: Tokens): string {
  const {kind} = tokens.peek();
  if (kind === 'identifier') return tokens.next().text;
  if (kind === ',' || kind === ')') return '';
  throw unparsed(found(tokens.peek(), ", expected: ',', ')' or identifier"));
}

function checked(requirement: Requirement & {values: string[]}): Requirement {
  const {key, operator, values} = requirement;
  const ordered = operator === 'Gt' || operator === 'Lt';
  const faults = values.flatMap((value, index) => {
    const start = (path: string) => `${path}: Invalid value: ${JSON.stringify(value)}: `;
    const bad = labelValue(value);
    return [
      ...(ordered && !/^[-+]?\d+$/.test(value)
        ? [`${start(`values[${index}]`)}for 'Gt', 'Lt' operators, the value must be an integer`]
        : []),
      ...(bad.length > 0 ? [`${start(`values[${index}][${key}]`)}${bad.join('; ')}`] : []),
    ];
  });
  if (faults.length > 0) throw unparsed(faults.length === 1 ? `${faults[0]}` : `[${faults.join(', ')}]`);
  return requirement;
}

const found = ({text}: Token, expected: string) => `found '${text}'${expected}`;
const unexpected = (token: Token, expected: string) => badRequest(found(token, expected));
const unparsed = (why: string) => badRequest(`unable to parse requirement: ${why}`);
