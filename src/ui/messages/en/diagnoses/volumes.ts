import type {Unsuited, WhyPending} from '../../../../checks/facts/claims.ts';
import type {VolumeSentences} from '../../diagnosis-kit.ts';
import {all, called, meant} from './called.ts';

export const volumes: VolumeSentences = {
  'claim-pending': ({object, path, facts}) =>
    `${called(object)} stays Pending: ${whyPending(facts, path ?? '')}`,
  'claim-gone': ({object, facts}) =>
    facts.deleting
      ? `${called(object)} cannot start: its claim ${facts.claim} (claimName) is being deleted, and a claim on its way out takes no new Pod. Delete the Pod, let the claim go, then make both again.`
      : `${called(object)} cannot start: it names the claim ${facts.claim} (spec.volumes[].persistentVolumeClaim.claimName), and there is none of that name here.${meant(facts.nearest)}`,
  'claim-deleted': ({object, facts}) => {
    if (facts.isGoing)
      return `${called(object)} was deleted (metadata.uid ${object?.uid ?? ''}). It is still there because a Pod uses it, and goes ${facts.kept ? '' : `with its volume ${facts.volume ?? ''} and all data in it `}as soon as none does; nothing takes that back. "redo" sets the lab back to before.`;
    return facts.kept
      ? `${called(object)} was deleted (metadata.uid ${object?.uid ?? ''}). Its volume ${facts.volume ?? ''} is Retain, so the data is still there, but no new claim gets it until its spec.claimRef is removed. "redo" sets the lab back to before.`
      : `${called(object)} was deleted, and with it its volume ${facts.volume ?? ''} and all data in it.${facts.again ? ` The claim of that name is a new one (another metadata.uid) with an empty volume.` : ` It had the metadata.uid ${object?.uid ?? ''}; a new claim begins empty.`} "redo" sets the lab back to the beginning of this step.`;
  },
  'volume-released': ({object, facts}) =>
    `${called(object)} is Released: it still belongs to the deleted claim ${facts.claim} (spec.claimRef)${facts.wantedBy ? `, so the claim ${facts.wantedBy} does not get it` : ''}. Its data is kept. To make it Available again: kubectl patch pv ${object?.name ?? ''} --type=json -p '[{"op":"remove","path":"/spec/claimRef"}]'`,
  'being-deleted': ({object, facts}) =>
    `${called(object)} is being deleted (metadata.deletionTimestamp)${
      facts.heldBy.length > 0
        ? `, and goes only when ${all(facts.heldBy)} no longer uses it (finalizer ${facts.finalizers.join(', ')})`
        : facts.finalizers.length > 0
          ? ` and held by ${facts.finalizers.join(', ')}`
          : ''
    }.`,
  'mount-failed': ({object, facts}) =>
    `${called(object)} cannot start: ${facts.volume ? `its volume ${facts.volume}` : 'a volume'} (spec.volumes) cannot be mounted${
      facts.missing ? `, because there is no ${facts.missing.kind} ${facts.missing.name}` : ''
    }${
      facts.hostPath
        ? `, because ${facts.hostPath.path} of its node is no ${facts.hostPath.wanted}, or is not there; the type of the hostPath asks for one`
        : ''
    }.${meant(facts.missing?.nearest)}`,
};

function whyPending(why: WhyPending, path: string): string {
  switch (why.reason) {
    case 'class-unknown':
      return `it asks for the class "${why.wanted}" (${path}), and this cluster has neither a StorageClass nor a PersistentVolume of that name.${known(why)} Make a PersistentVolume of that class, or delete the claim and make it with another class: that of a claim cannot be changed.`;
    case 'no-default-class':
      return `it names no class (${path}), and this cluster has no default StorageClass.${why.known.length > 0 ? ` Name one of ${all(why.known)}.` : ''}`;
    case 'no-volume':
      return why.nearest
        ? `no PersistentVolume suits it. ${why.nearest.volume} comes closest, but ${all(why.nearest.unsuited.map(one => unsuited(one)))} (${path}).`
        : `${why.class === '' ? 'it asks for no class (storageClassName: ""), so nothing is made for it' : `nothing is made for its class "${why.class}" (${path})`}, and there is no PersistentVolume that is free for it.${why.class === '' ? ' Leave storageClassName out for the default class.' : ''}`;
    case 'volume-unknown':
      return `it asks for the PersistentVolume ${why.volume} (${path}), and there is none of that name.${meant(why.nearest)}`;
    case 'volume-taken':
      return `PersistentVolume ${why.volume} would suit it, but is bound to the claim ${why.by}; a volume serves one claim (${path}). Delete one of the two claims, or make another volume.`;
    case 'provisioning-failed':
      return `its class is right (${path}), but no volume could be made for it.`;
    case 'waits-for-pod':
      return `its class "${why.class}" (${path}) binds a claim only when a Pod uses it (WaitForFirstConsumer), and there is no such Pod yet.`;
  }
}

function known({known: classes, ofVolumes}: Extract<WhyPending, {reason: 'class-unknown'}>): string {
  const there = [
    ...(classes.length > 0 ? [`StorageClass ${all(classes)}`] : []),
    ...(ofVolumes.length > 0 ? [`PersistentVolumes of the class ${all(ofVolumes)}`] : []),
  ];
  return there.length > 0 ? ` There is: ${all(there)}.` : '';
}

const unsuited = ({in: what, found, wanted}: Unsuited): string =>
  ({
    class: `its class is "${found}", wanted "${wanted}"`,
    size: `it has ${found}, wanted ${wanted}`,
    access: `its access mode is ${found}, wanted ${wanted}`,
    mode: `its volume mode is ${found}, wanted ${wanted}`,
    selector: `its labels are ${found === '' ? 'none' : found}, wanted ${wanted}`,
  })[what];
