import { examineDatabase, type OpenDatabase } from './doctor-database.js';
import {
  examineAddress,
  examineDisk,
  examineMail,
  examineRedis,
  examineStorage,
} from './doctor-surroundings.js';
import { type Finding } from './finding.js';

/** What the doctor has to know. */
export type DoctorDeps = {
  config: {
    production: boolean;
    baseUrl: string;
    dataDir: string;
    mediaDir: string;
    storage: string;
    redisUrl: string | undefined;
    mail: { smtpUrl?: string; sendgridApiKey?: string; from?: string };
  };
  openDatabase: OpenDatabase;
  storage: { check(): Promise<void> };
};

/** Looks at everything that the site stands on and says what to do. It changes nothing. */
export async function examine({ config, openDatabase, storage }: DoctorDeps): Promise<Finding[]> {
  const keeper = config.storage === 'local' ? config.mediaDir : config.storage;
  const findings = await Promise.all([
    examineDatabase(openDatabase),
    examineMail(config.mail, config.production),
    examineStorage(storage, keeper),
    examineRedis(config.redisUrl),
    examineDisk(config.dataDir),
    examineAddress(config.baseUrl),
  ]);
  return findings.flat();
}
