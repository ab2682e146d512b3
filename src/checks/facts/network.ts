export interface NetworkFacts {
  'service-without-endpoints': {
    selector: string;
    /** Pods that its selector finds; none of them is ready. */
    unready?: string[];
    /** The Pod whose labels come closest. */
    nearest?: {pod: string; labels: string};
  };
  'service-port': {port: number; target: string; listens: string[]; pod: string};
  'service-not-headless': {clusterIP: string};
  'name-unresolved': {
    host: string;
    because: 'no-service' | 'not-headless' | 'other-service-name' | 'no-pod' | 'unready';
    /** The Service, or the Pod, that it is about. */
    about: string;
    nearest?: string;
  };
  /** `from`: where the server's password came from when it was first started. */
  'access-denied': {
    user: string;
    password: boolean;
    from?: {env: string; secret?: string; key?: string};
    /** The Secret was changed after the server had been set up. */
    changed: boolean;
    /** Its password is right, but it may not use this database, or there is none of that name. */
    database?: string;
    /** It is the client's Pod that ended because of it. */
    client?: true;
  };
  'sql-missing': {what: 'database' | 'table' | 'column'; name: string};
  'no-connection': {host?: string; refused: boolean};
  'file-missing': {file: string};
  /** Something else than asked, and not what it was when the step began. */
  'other-output': {command: string; says: string};
  'nothing-listens': {port: number};
  'other-listener': {port: number; says: string};
}
