#include "fleetfile/kinds.h"
#include "fleetfile/tables.h"

using namespace Qt::StringLiterals;

namespace tidemark::fleetfile {

using namespace tidemark::yaml;

static const std::vector<std::pair<SourceKind, QString>> &sourceWords()
{
    static const std::vector<std::pair<SourceKind, QString>> words { { SourceKind::Pbs, u"pbs"_s },
        { SourceKind::PgBackRest, u"pgbackrest"_s }, { SourceKind::Barman, u"barman"_s },
        { SourceKind::BaseBackups, u"basebackups"_s }, { SourceKind::Dumps, u"dumps"_s },
        { SourceKind::WalArchive, u"wal-archive"_s }, { SourceKind::Metadata, u"metadata"_s },
        { SourceKind::Standby, u"standby"_s }, { SourceKind::S3, u"s3"_s },
        { SourceKind::Glacier, u"glacier"_s }, { SourceKind::AzureBlob, u"azure-blob"_s },
        { SourceKind::Rds, u"rds"_s }, { SourceKind::AzurePostgres, u"azure-postgres"_s },
        { SourceKind::Veeam, u"veeam"_s }, { SourceKind::KubernetesSnapshots, u"kubernetes-snapshots"_s },
        { SourceKind::MongoDump, u"mongodump"_s }, { SourceKind::Other, u"other"_s } };
    return words;
}

static void addReach(Table<Source> &t)
{
    t.add({ .key = u"name"_s, .kind = &nameText(), .about = u"what the file calls it"_s, .required = true },
        &Source::name);
    t.addChoice(
        { .key = u"kind"_s, .kind = &nameText(), .about = u"what keeps the backups"_s, .required = true },
        &Source::kind, sourceWords());
    t.addTexts({ .key = u"clusters"_s,
                   .kind = &nameText(),
                   .about = u"whose backups are there"_s,
                   .names = u"clusters"_s },
        &Source::clusters);
    t.add({ .key = u"host"_s,
              .kind = &nameText(),
              .about = u"the machine with the path or repository; this machine when missing"_s,
              .names = u"hosts"_s },
        &Source::host);
    t.add({ .key = u"path"_s, .kind = &anyText(), .about = u"folder, repository or bucket with prefix"_s },
        &Source::path);
    t.add({ .key = u"stanza"_s, .kind = &anyText(), .about = u"pgBackRest stanza or Barman server"_s },
        &Source::stanza);
    t.add({ .key = u"config"_s, .kind = &anyText(), .about = u"configuration file of the tool"_s },
        &Source::config);
}

static void addServer(Table<Source> &t)
{
    t.add({ .key = u"url"_s, .kind = &httpsUrl(), .about = u"PBS: its address with port"_s }, &Source::url);
    t.add(
        { .key = u"datastore"_s, .kind = &nameText(), .about = u"PBS: the datastore"_s }, &Source::datastore);
    t.add({ .key = u"namespace"_s, .kind = &nameText(), .about = u"PBS: the namespace; root when missing"_s },
        &Source::nameSpace);
    t.addTexts(
        { .key = u"groups"_s, .kind = &pbsGroup(), .about = u"PBS: backup groups; all when missing"_s },
        &Source::groups);
    t.add({ .key = u"token_id"_s, .kind = &pbsToken(), .about = u"PBS: API token, without its secret"_s },
        &Source::tokenId);
    t.add({ .key = u"user"_s,
              .kind = &anyText(),
              .about = u"the account that reads or writes there; PBS: user@realm for password and TOTP"_s },
        &Source::user);
    t.add({ .key = u"secret"_s,
              .kind = &nameText(),
              .about = u"name of the token's secret or the password in the keychain"_s },
        &Source::secret);
    t.add(
        { .key = u"totp_secret"_s, .kind = &nameText(), .about = u"name of the TOTP seed in the keychain"_s },
        &Source::totpSecret);
    t.add({ .key = u"password_command"_s,
              .kind = &anyText(),
              .about = u"a command that prints the secret, which is never stored"_s },
        &Source::passwordCommand);
    t.add({ .key = u"fingerprint"_s,
              .kind = &fingerprint(),
              .about = u"SHA-256 of the certificate, confirmed by a person"_s },
        &Source::fingerprint);
}

static void addStorage(Table<Source> &t)
{
    t.addTexts(
        { .key = u"protects"_s, .kind = &anyText(), .about = u"what else it backs up"_s }, &Source::protects);
    t.add({ .key = u"copy_of"_s,
              .kind = &nameText(),
              .about = u"the source it is a copy of"_s,
              .names = u"sources"_s },
        &Source::copyOf);
    t.add({ .key = u"region"_s, .kind = &anyText(), .about = u"where the storage is"_s }, &Source::region);
    t.add({ .key = u"storage_class"_s, .kind = &anyText(), .about = u"STANDARD_IA, GLACIER …"_s },
        &Source::storageClass);
    t.add({ .key = u"redundancy"_s, .kind = &anyText(), .about = u"how the storage is kept safe"_s },
        &Source::redundancy);
    t.add({ .key = u"encryption"_s, .kind = &anyText(), .about = u"how backups are encrypted there"_s },
        &Source::encryption);
    t.addTexts(
        { .key = u"options"_s, .kind = &anyText(), .about = u"how backups are written: --compress=6"_s },
        &Source::options);
    t.add({ .key = u"capacity"_s, .kind = &size(), .about = u"how much fits"_s }, &Source::capacity);
    t.add({ .key = u"max_used"_s, .kind = &percent(), .about = u"how much of it may be used"_s },
        &Source::maxUsed);
    t.add({ .key = u"success_target"_s, .kind = &percent(), .about = u"how many runs must succeed"_s },
        &Source::successTarget);
    t.add({ .key = u"retrieval_from"_s, .kind = &duration(), .about = u"shortest wait for a backup there"_s },
        &Source::retrievalFrom);
    t.add({ .key = u"retrieval_to"_s, .kind = &duration(), .about = u"longest wait for a backup there"_s },
        &Source::retrievalTo);
    t.add({ .key = u"point_in_time"_s,
              .kind = &duration(),
              .about = u"any instant within this time can be had; whole hours, rounded up"_s },
        &Source::pointInTime);
    t.addMap({ .key = u"objectives"_s, .about = u"what recovery from it must achieve"_s },
        &Source::objectives, objectivesTable());
    t.add({ .key = u"description"_s, .kind = &anyText(), .about = u"free words"_s }, &Source::description);
}

static Table<Source> makeSource()
{
    Table<Source> t(u"source"_s);
    addReach(t);
    addServer(t);
    addStorage(t);
    return t;
}

static Table<RetentionPromise> makePromise()
{
    Table<RetentionPromise> t(u"retention promise"_s);
    t.add({ .key = u"name"_s, .kind = &nameText(), .about = u"what the file calls it"_s, .required = true },
        &RetentionPromise::name);
    t.add({ .key = u"text"_s, .kind = &anyText(), .about = u"the promise as a person wrote it"_s },
        &RetentionPromise::text);
    t.addTexts({ .key = u"clusters"_s,
                   .kind = &nameText(),
                   .about = u"whose backups it is about"_s,
                   .names = u"clusters"_s },
        &RetentionPromise::clusters);
    t.addTexts({ .key = u"sources"_s,
                   .kind = &nameText(),
                   .about = u"where they are kept"_s,
                   .names = u"sources"_s },
        &RetentionPromise::sources);
    t.addPairs({ .key = u"keep"_s,
                   .kind = &wholeNumber(),
                   .about = u"how many of each are kept"_s,
                   .choices = { u"keep-last"_s, u"keep-hourly"_s, u"keep-daily"_s, u"keep-weekly"_s,
                       u"keep-monthly"_s, u"keep-yearly"_s, u"full"_s, u"diff"_s, u"incr"_s } },
        &RetentionPromise::keep);
    t.add({ .key = u"duration"_s,
              .kind = &duration(),
              .about = u"how long; counted in whole days, rounded up"_s },
        &RetentionPromise::duration);
    t.add({ .key = u"since"_s,
              .kind = &anyText(),
              .about = u"what the duration counts from; the backup's end when missing"_s },
        &RetentionPromise::since);
    t.add({ .key = u"regime"_s, .kind = &anyText(), .about = u"the rule behind it: SOX, HIPAA"_s },
        &RetentionPromise::regime);
    t.add({ .key = u"tier"_s,
              .kind = &nameText(),
              .about = u"the storage it is promised on"_s,
              .choices = { u"hot"_s, u"warm"_s, u"cold"_s, u"archive"_s } },
        &RetentionPromise::tier);
    t.addTexts({ .key = u"covers"_s, .kind = &anyText(), .about = u"kinds of data it is about"_s },
        &RetentionPromise::covers);
    return t;
}

const Table<Source> &sourceTable()
{
    static const Table<Source> table = makeSource();
    return table;
}

const Table<RetentionPromise> &promiseTable()
{
    static const Table<RetentionPromise> table = makePromise();
    return table;
}

} // namespace tidemark::fleetfile
