import type {PodSpec} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../../objects.ts';
import type {StrategyContext} from '../../../registry/strategy.ts';
import {forbidden, type StatusCause, type StatusError} from '../../../status-error.ts';
import {invalid} from '../field-errors.ts';
import {podNames} from '../pods/names.ts';
import {type Level, levels, violations} from './level.ts';

type Mode = 'enforce' | 'warn';

/** The error to answer with when the namespace's labels do not allow such a Pod. */
export function podSecurityError(
  {metadata, spec}: Of<'pods'>,
  context: StrategyContext,
): StatusError | undefined {
  if (!spec) return undefined;
  const {level, version} = policy('enforce', metadata.namespace, context);
  const found = violations(spec, level);
  return found === ''
    ? undefined
    : forbidden(podNames, metadata.name, `violates PodSecurity "${level}:${version}": ${found}`);
}

/**
 * What the namespace's labels only warn of. Of templates also what would be refused when their Pods are made,
 * which is nobody's request.
 */
export function podSecurityWarnings(
  spec: PodSpec,
  namespace: string | undefined,
  context: StrategyContext,
  of: 'pod' | 'template',
): string[] {
  const modes: Mode[] = of === 'template' && !hasLabel('warn', namespace, context) ? ['enforce'] : ['warn'];
  return modes.flatMap(mode => {
    const {level, version} = policy(mode, namespace, context);
    const found = violations(spec, level);
    return found === '' ? [] : [`would violate PodSecurity "${level}:${version}": ${found}`];
  });
}

/** The labels of a namespace that speak of levels and versions. */
export function validatePodSecurityLabels(labels: Record<string, string> = {}): StatusCause[] {
  return ['enforce', 'audit', 'warn'].flatMap(mode => {
    const [level, version] = [labels[label(mode)], labels[label(`${mode}-version`)]];
    return [
      ...(level === undefined || isLevel(level)
        ? []
        : [invalid(`metadata.labels[${label(mode)}]`, level, `must be one of ${levels.join(', ')}`)]),
      ...(version === undefined || /^(latest|v1\.\d+)$/.test(version)
        ? []
        : [invalid(`metadata.labels[${label(`${mode}-version`)}]`, version, 'must be "latest" or "v1.x"')]),
    ];
  });
}

const label = (name: string) => `pod-security.kubernetes.io/${name}`;

const isLevel = (word: string | undefined): word is Level => levels.some(level => level === word);

function policy(
  mode: Mode,
  namespace: string | undefined,
  context: StrategyContext,
): {level: Level; version: string} {
  const labels = labelsOf(namespace, context);
  const level = labels[label(mode)];
  return {
    level: isLevel(level) ? level : 'privileged',
    version: labels[label(`${mode}-version`)] ?? 'latest',
  };
}

const hasLabel = (mode: Mode, namespace: string | undefined, context: StrategyContext) =>
  labelsOf(namespace, context)[label(mode)] !== undefined;

const labelsOf = (namespace = '', {registry}: StrategyContext) =>
  registry.get('namespaces', undefined, namespace)?.metadata.labels ?? {};
