/**
 * The layout of the API server's own types, for the few messages that show an object as that server holds it: all
 * fields, in their order, under their Go names. Read from the answers of Kubernetes 1.35.
 *
 * A field is `Name` (null when it is not there), `Name=zero` (that value when it is not there), `Name:Type` (a
 * structure, null when it is not there), `Name:Type!` (always there) or `Name:Type[]`. `Name{}` is a map.
 */
export const goTypes = {
  PodSpec: `Volumes:Volume[] InitContainers:Container[] Containers:Container[] EphemeralContainers
    RestartPolicy="" TerminationGracePeriodSeconds ActiveDeadlineSeconds DNSPolicy="" NodeSelector{}
    ServiceAccountName="" AutomountServiceAccountToken NodeName="" SecurityContext:PodSecurityContext
    ImagePullSecrets:Reference[] Hostname="" Subdomain="" SetHostnameAsFQDN Affinity:Affinity SchedulerName=""
    Tolerations:Toleration[] HostAliases:HostAlias[] PriorityClassName="" Priority PreemptionPolicy
    DNSConfig:DNSConfig ReadinessGates:ReadinessGate[] RuntimeClassName Overhead{} EnableServiceLinks
    TopologySpreadConstraints:TopologySpreadConstraint[] OS:Reference SchedulingGates:Reference[]
    ResourceClaims:PodResourceClaim[] Resources:ResourceRequirements HostnameOverride WorkloadRef`,
  PodSecurityContext: `HostNetwork=false HostPID=false HostIPC=false ShareProcessNamespace HostUsers
    SELinuxOptions:SELinuxOptions WindowsOptions RunAsUser RunAsGroup RunAsNonRoot SupplementalGroups
    SupplementalGroupsPolicy FSGroup FSGroupChangePolicy Sysctls:NameValue[] SeccompProfile:Profile
    AppArmorProfile:Profile SELinuxChangePolicy`,
  SELinuxOptions: 'User="" Role="" Type="" Level=""',
  Profile: 'Type="" LocalhostProfile',
  NameValue: 'Name="" Value=""',
  Reference: 'Name=""',
  HostAlias: 'IP="" Hostnames',
  DNSConfig: 'Nameservers Searches Options:DNSOption[]',
  DNSOption: 'Name="" Value',
  ReadinessGate: 'ConditionType=""',
  PodResourceClaim: 'Name="" ResourceClaimName ResourceClaimTemplateName',
  Toleration: 'Key="" Operator="" Value="" Effect="" TolerationSeconds',
  TopologySpreadConstraint: `MaxSkew=0 TopologyKey="" WhenUnsatisfiable="" LabelSelector MinDomains
    NodeAffinityPolicy NodeTaintsPolicy MatchLabelKeys`,
  Affinity: 'NodeAffinity:NodeAffinity PodAffinity:PodAffinity PodAntiAffinity:PodAffinity',
  NodeAffinity: `RequiredDuringSchedulingIgnoredDuringExecution:NodeSelector
    PreferredDuringSchedulingIgnoredDuringExecution:PreferredSchedulingTerm[]`,
  NodeSelector: 'NodeSelectorTerms:NodeSelectorTerm[]',
  NodeSelectorTerm: 'MatchExpressions:NodeSelectorRequirement[] MatchFields:NodeSelectorRequirement[]',
  NodeSelectorRequirement: 'Key="" Operator="" Values',
  PreferredSchedulingTerm: 'Weight=0 Preference:NodeSelectorTerm!',
  PodAffinity: `RequiredDuringSchedulingIgnoredDuringExecution:PodAffinityTerm[]
    PreferredDuringSchedulingIgnoredDuringExecution:WeightedPodAffinityTerm[]`,
  PodAffinityTerm: `LabelSelector Namespaces TopologyKey="" NamespaceSelector MatchLabelKeys MismatchLabelKeys`,
  WeightedPodAffinityTerm: 'Weight=0 PodAffinityTerm:PodAffinityTerm!',
  Container: `Name="" Image="" Command Args WorkingDir="" Ports:ContainerPort[] EnvFrom:EnvFromSource[]
    Env:EnvVar[] Resources:ResourceRequirements! ResizePolicy:ResizePolicy[] RestartPolicy RestartPolicyRules
    VolumeMounts:VolumeMount[] VolumeDevices:VolumeDevice[] LivenessProbe:Probe ReadinessProbe:Probe
    StartupProbe:Probe Lifecycle:Lifecycle TerminationMessagePath="" TerminationMessagePolicy=""
    ImagePullPolicy="" SecurityContext:SecurityContext Stdin=false StdinOnce=false TTY=false`,
  ContainerPort: 'Name="" HostPort=0 ContainerPort=0 Protocol="" HostIP=""',
  EnvFromSource: 'Prefix="" ConfigMapRef:OptionalReference SecretRef:OptionalReference',
  OptionalReference: 'Name="" Optional',
  EnvVar: 'Name="" Value="" ValueFrom:EnvVarSource',
  EnvVarSource: `FieldRef:FieldRef ResourceFieldRef:ResourceFieldRef ConfigMapKeyRef:KeyRef SecretKeyRef:KeyRef
    FileKeyRef`,
  FieldRef: 'APIVersion="" FieldPath=""',
  ResourceFieldRef: 'ContainerName="" Resource="" Divisor="0"',
  KeyRef: 'Name="" Key="" Optional',
  ResourceRequirements: 'Limits{} Requests{} Claims:ResourceClaim[]',
  ResourceClaim: 'Name="" Request=""',
  ResizePolicy: 'ResourceName="" RestartPolicy=""',
  VolumeMount:
    'Name="" ReadOnly=false RecursiveReadOnly MountPath="" SubPath="" MountPropagation SubPathExpr=""',
  VolumeDevice: 'Name="" DevicePath=""',
  Probe: `Exec:Exec HTTPGet:HTTPGet TCPSocket:TCPSocket GRPC:GRPC InitialDelaySeconds=0 TimeoutSeconds=0
    PeriodSeconds=0 SuccessThreshold=0 FailureThreshold=0 TerminationGracePeriodSeconds`,
  Exec: 'Command',
  HTTPGet: 'Path="" Port=0 Host="" Scheme="" HTTPHeaders:NameValue[]',
  TCPSocket: 'Port=0 Host=""',
  GRPC: 'Port=0 Service=""',
  Lifecycle: 'PostStart:LifecycleHandler PreStop:LifecycleHandler StopSignal',
  LifecycleHandler: 'Exec:Exec HTTPGet:HTTPGet TCPSocket:TCPSocket Sleep:Sleep',
  Sleep: 'Seconds=0',
  SecurityContext: `Capabilities:Capabilities Privileged SELinuxOptions:SELinuxOptions WindowsOptions RunAsUser
    RunAsGroup RunAsNonRoot ReadOnlyRootFilesystem AllowPrivilegeEscalation ProcMount SeccompProfile:Profile
    AppArmorProfile:Profile`,
  Capabilities: 'Add Drop',
  Volume: `Name="" HostPath:HostPath EmptyDir:EmptyDir GCEPersistentDisk AWSElasticBlockStore GitRepo
    Secret:SecretVolume NFS:NFS ISCSI Glusterfs PersistentVolumeClaim:ClaimVolume RBD Quobyte FlexVolume Cinder
    CephFS Flocker DownwardAPI:DownwardAPIVolume FC AzureFile ConfigMap:ConfigMapVolume VsphereVolume AzureDisk
    PhotonPersistentDisk Projected:Projected PortworxVolume ScaleIO StorageOS CSI:CSIVolume Ephemeral:Ephemeral
    Image:ImageVolume`,
  HostPath: 'Path="" Type',
  EmptyDir: 'Medium="" SizeLimit',
  SecretVolume: 'SecretName="" Items:KeyToPath[] DefaultMode Optional',
  ConfigMapVolume: 'Name="" Items:KeyToPath[] DefaultMode Optional',
  KeyToPath: 'Key="" Path="" Mode',
  NFS: 'Server="" Path="" ReadOnly=false',
  ClaimVolume: 'ClaimName="" ReadOnly=false',
  DownwardAPIVolume: 'Items:DownwardAPIFile[] DefaultMode',
  DownwardAPIFile: 'Path="" FieldRef:FieldRef ResourceFieldRef:ResourceFieldRef Mode',
  Projected: 'Sources:ProjectedSource[] DefaultMode',
  ProjectedSource: `Secret:ProjectedKeys DownwardAPI:ProjectedFiles ConfigMap:ProjectedKeys
    ServiceAccountToken:ServiceAccountToken ClusterTrustBundle PodCertificate`,
  ProjectedKeys: 'Name="" Items:KeyToPath[] Optional',
  ProjectedFiles: 'Items:DownwardAPIFile[]',
  ServiceAccountToken: 'Audience="" ExpirationSeconds=0 Path=""',
  CSIVolume: 'Driver="" ReadOnly FSType VolumeAttributes{} NodePublishSecretRef:Reference',
  Ephemeral: 'VolumeClaimTemplate:ClaimTemplate',
  ClaimTemplate: 'Spec:PersistentVolumeClaimSpec!',
  ImageVolume: 'Reference="" PullPolicy=""',
  PersistentVolumeClaimSpec: `AccessModes Selector Resources:VolumeResourceRequirements! VolumeName=""
    StorageClassName VolumeMode DataSource:DataSource DataSourceRef:DataSourceRef VolumeAttributesClassName`,
  VolumeResourceRequirements: 'Limits{} Requests{}',
  DataSource: 'APIGroup Kind="" Name=""',
  DataSourceRef: 'APIGroup Kind="" Name="" Namespace',
  PersistentVolumeSource: `GCEPersistentDisk AWSElasticBlockStore HostPath:HostPath Glusterfs NFS:NFS RBD Quobyte
    ISCSI FlexVolume Cinder CephFS FC Flocker AzureFile VsphereVolume AzureDisk PhotonPersistentDisk
    PortworxVolume ScaleIO Local:LocalVolume StorageOS CSI:CSIPersistentVolume`,
  LocalVolume: 'Path="" FSType',
  CSIPersistentVolume: `Driver="" VolumeHandle="" ReadOnly=false FSType="" VolumeAttributes{}
    ControllerPublishSecretRef NodeStageSecretRef NodePublishSecretRef ControllerExpandSecretRef
    NodeExpandSecretRef`,
  VolumeNodeAffinity: 'Required:NodeSelector',
  PodTemplate: 'Spec:PodSpec!',
  Strategy: 'Type="" RollingUpdate',
  StatefulSetRollingUpdate: 'Partition=0 MaxUnavailable',
  ServicePort: 'Name="" Protocol="" AppProtocol Port=0 TargetPort=0 NodePort=0',
  Taint: 'Key="" Value="" Effect="" TimeAdded',
  PodDisruptionBudgetSpec: 'MinAvailable Selector MaxUnavailable UnhealthyPodEvictionPolicy',
} as const;

export type GoType = keyof typeof goTypes;
