import type {ResourceId} from '../objects.ts';
import {type Answer, created} from './answer.ts';
import type {Api, Call} from './api.ts';
import type {User} from './authenticate.ts';
import {readObject} from './read-object.ts';
import {userOfToken} from './service-account-token.ts';
import {apiVersionOf} from './show.ts';

/** Questions that are answered and not stored. Whoever gets in may do everything. */
export const reviews: ReadonlyMap<ResourceId, (api: Api, call: Call) => Promise<Answer>> = new Map([
  ['selfsubjectreviews.authentication.k8s.io', review((_, {user}) => ({userInfo: user}))],
  ['tokenreviews.authentication.k8s.io', review(reviewToken)],
  ['selfsubjectaccessreviews.authorization.k8s.io', review(() => ({allowed: true}))],
  ['localsubjectaccessreviews.authorization.k8s.io', review(() => ({allowed: true}))],
  ['subjectaccessreviews.authorization.k8s.io', review(() => ({allowed: true}))],
  ['selfsubjectrulesreviews.authorization.k8s.io', review(() => allRules)],
]);

function review(status: (api: Api, call: Call, spec: Record<string, unknown>) => object) {
  return async (api: Api, call: Call): Promise<Answer> => {
    const {object} = await readObject(call.request, call.type, 'Ignore');
    const spec = object.spec as Record<string, unknown> | undefined;
    return created({
      kind: call.type.kind,
      apiVersion: apiVersionOf(call.type),
      metadata: {},
      ...(spec && {spec}),
      status: status(api, call, spec ?? {}),
    });
  };
}

function reviewToken({secret, clock}: Api, _: Call, spec: Record<string, unknown>): object {
  const user: User | undefined = userOfToken(String(spec.token ?? ''), secret, clock.now());
  return user ? {authenticated: true, user} : {authenticated: false};
}

const allRules = {
  resourceRules: [
    {verbs: ['*'], apiGroups: ['*'], resources: ['*']},
    {
      verbs: ['create'],
      apiGroups: ['authorization.k8s.io'],
      resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    },
    {verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews']},
  ],
  nonResourceRules: [
    {
      verbs: ['get'],
      nonResourceURLs: [
        '/api',
        '/api/*',
        '/apis',
        '/apis/*',
        '/healthz',
        '/livez',
        '/openapi',
        '/openapi/*',
        '/readyz',
        '/version',
        '/version/',
      ],
    },
    {verbs: ['*'], nonResourceURLs: ['*']},
    {verbs: ['get'], nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/']},
  ],
  incomplete: false,
};
