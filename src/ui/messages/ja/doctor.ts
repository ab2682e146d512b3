import type {DoctorWords} from '../doctor-kit.ts';
import {cluster} from './doctor/cluster.ts';
import {machine} from './doctor/machine.ts';

export const doctor: DoctorWords = {
  title: (provider, cluster) => `${provider}、クラスター「${cluster}」`,
  groups: {machine: 'このマシン', cluster: 'クラスター', labs: 'ラボ'},
  checks: {
    docker: 'Docker',
    provider: 'プロバイダー',
    kubectl: 'kubectl',
    cgroup: 'cgroup',
    'image-store': 'イメージ',
    disk: 'ディスク',
    memory: 'メモリ',
    inotify: 'inotify',
    architecture: 'プロセッサー',
    proxy: 'プロキシ',
    ports: 'ポート',
    cluster: '接続',
    certificate: '証明書',
    clock: '時計',
    nodes: 'ノード',
    rights: '権限',
    'shared-mount': '共有ディレクトリ',
    'storage-class': 'StorageClass',
    'pod-security': 'Pod Security',
    labs: 'ラボ',
  },
  findings: {...machine, ...cluster},
  everyLab: 'すべてのラボ',
  labs: labs => `影響: ${labs}`,
  verdict: {
    well: '問題はありません。「statelab run」で始められます。',
    warned: warnings => `ラボを始められます。注意が必要な点が${warnings}件あります。`,
    stopped: (stops, warnings) =>
      `このままではラボを始められません(要対応${stops}件${warnings > 0 ? `、注意${warnings}件` : ''})。`,
    first: what => `まず: ${what}`,
    fixable: count => `そのうち${count}件は「statelab doctor --fix」で直せます。`,
  },
};
