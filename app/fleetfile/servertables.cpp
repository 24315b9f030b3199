#include "fleetfile/kinds.h"
#include "fleetfile/tables.h"

using namespace Qt::StringLiterals;

namespace tidemark::fleetfile {

using namespace tidemark::yaml;

static Table<Objectives> makeObjectives()
{
    Table<Objectives> t(u"objectives"_s);
    t.add({ .key = u"rpo"_s, .kind = &duration(), .about = u"how much may be lost at most"_s },
        &Objectives::rpo);
    t.add({ .key = u"rto"_s, .kind = &duration(), .about = u"how long getting it back may take"_s },
        &Objectives::rto);
    t.add({ .key = u"proof_age"_s,
              .kind = &duration(),
              .about = u"how old the last proven restore may be; counted in whole days, rounded up"_s },
        &Objectives::proofAge);
    t.add({ .key = u"availability"_s, .kind = &percent(), .about = u"how much of the time it must be up"_s },
        &Objectives::availability);
    return t;
}

static Table<ConnectSpec> makeConnect()
{
    Table<ConnectSpec> t(u"connection"_s);
    t.add({ .key = u"service"_s, .kind = &anyText(), .about = u"a service of pg_service.conf"_s },
        &ConnectSpec::service);
    t.add({ .key = u"uri"_s, .kind = &anyText(), .about = u"a postgresql:// URI without a password"_s },
        &ConnectSpec::uri);
    t.add({ .key = u"host"_s, .kind = &anyText(), .about = u"name, address or folder of a Unix socket"_s },
        &ConnectSpec::host);
    t.add({ .key = u"port"_s, .kind = &port(), .about = u"libpq's default when missing"_s },
        &ConnectSpec::port);
    t.add({ .key = u"database"_s, .kind = &anyText(), .about = u"the database to connect to"_s },
        &ConnectSpec::database);
    t.add({ .key = u"user"_s, .kind = &anyText(), .about = u"the role to connect as"_s }, &ConnectSpec::user);
    t.add({ .key = u"sslmode"_s,
              .kind = &nameText(),
              .about = u"verify-full for TCP hosts when missing"_s,
              .choices
              = { u"disable"_s, u"allow"_s, u"prefer"_s, u"require"_s, u"verify-ca"_s, u"verify-full"_s } },
        &ConnectSpec::sslMode);
    t.add({ .key = u"sslrootcert"_s, .kind = &anyText(), .about = u"file of the authority's certificate"_s },
        &ConnectSpec::sslRootCert);
    t.add({ .key = u"secret"_s,
              .kind = &nameText(),
              .about = u"name of the password in the keychain; libpq's own ways (.pgpass …) when missing"_s },
        &ConnectSpec::secret);
    t.add({ .key = u"password_command"_s,
              .kind = &anyText(),
              .about = u"a command that prints the password, which is never stored"_s },
        &ConnectSpec::passwordCommand);
    t.add({ .key = u"via"_s,
              .kind = &nameText(),
              .about = u"host to tunnel through; direct when missing"_s,
              .names = u"hosts"_s },
        &ConnectSpec::via);
    return t;
}

static Table<Host> makeHost()
{
    Table<Host> t(u"host"_s);
    t.add({ .key = u"name"_s, .kind = &nameText(), .about = u"what the file calls it"_s, .required = true },
        &Host::name);
    t.add({ .key = u"ssh"_s,
              .kind = &anyText(),
              .about = u"destination as ssh takes it: an alias of ~/.ssh/config, user@host, ssh://…; this "
                       "machine when missing"_s },
        &Host::ssh);
    t.add({ .key = u"run_as"_s, .kind = &nameText(), .about = u"user for sudo -u"_s }, &Host::runAs);
    t.add({ .key = u"address"_s, .kind = &anyText(), .about = u"where the name leads, for people"_s },
        &Host::address);
    t.add({ .key = u"location"_s, .kind = &anyText(), .about = u"site, data centre or region"_s },
        &Host::location);
    t.add({ .key = u"description"_s, .kind = &anyText(), .about = u"free words"_s }, &Host::description);
    return t;
}

static void addWhere(Table<Cluster> &t)
{
    t.add({ .key = u"name"_s, .kind = &nameText(), .about = u"what the file calls it"_s, .required = true },
        &Cluster::name);
    t.addChoice({ .key = u"environment"_s,
                    .kind = &nameText(),
                    .about = u"set by a person; counts as production when missing"_s },
        &Cluster::environment,
        { { Environment::Production, u"production"_s }, { Environment::Test, u"test"_s },
            { Environment::Lab, u"lab"_s } });
    t.addMap({ .key = u"connect"_s, .about = u"how libpq reaches it"_s }, &Cluster::connect, connectTable());
    t.add(
        { .key = u"host"_s, .kind = &nameText(), .about = u"the machine it runs on"_s, .names = u"hosts"_s },
        &Cluster::host);
    t.add({ .key = u"data_directory"_s, .kind = &anyText(), .about = u"PGDATA on that machine"_s },
        &Cluster::dataDirectory);
    t.addChoice(
        { .key = u"layout"_s,
            .kind = &nameText(),
            .about = u"where configuration and binaries are: as Debian's or the RPM packages do it, or "
                     "an own way"_s },
        &Cluster::layout,
        { { Layout::Debian, u"debian"_s }, { Layout::Rpm, u"rpm"_s }, { Layout::Own, u"own"_s } });
    t.add({ .key = u"system_identifier"_s,
              .kind = &systemIdentifier(),
              .about = u"as pg_controldata shows it; ties what tools say to this cluster"_s },
        &Cluster::systemId);
}

static void addPlan(Table<Cluster> &t)
{
    t.addMap({ .key = u"objectives"_s, .about = u"what recovery must achieve"_s }, &Cluster::objectives,
        objectivesTable());
    t.addTexts(
        { .key = u"databases"_s, .kind = &anyText(), .about = u"those that matter; all when missing"_s },
        &Cluster::databases);
    t.addTexts(
        { .key = u"labels"_s, .kind = &anyText(), .about = u"compliance and other labels: GDPR, SOX"_s },
        &Cluster::labels);
    t.add({ .key = u"tier"_s, .kind = &anyText(), .about = u"the fleet's own word for its rank"_s },
        &Cluster::tier);
    t.add({ .key = u"standby_of"_s,
              .kind = &nameText(),
              .about = u"the cluster it follows; a primary when missing"_s,
              .names = u"clusters"_s },
        &Cluster::standbyOf);
    t.addChoice({ .key = u"replication"_s, .kind = &nameText(), .about = u"how a standby follows"_s },
        &Cluster::replication,
        { { Replication::Asynchronous, u"asynchronous"_s }, { Replication::Synchronous, u"synchronous"_s } });
    t.add({ .key = u"location"_s, .kind = &anyText(), .about = u"site, data centre or region"_s },
        &Cluster::location);
    t.add({ .key = u"size_from"_s, .kind = &size(), .about = u"smallest size its plan is made for"_s },
        &Cluster::sizeFrom);
    t.add({ .key = u"size_to"_s, .kind = &size(), .about = u"largest size its plan is made for"_s },
        &Cluster::sizeTo);
    t.addPairs({ .key = u"settings"_s,
                   .kind = &anyText(),
                   .about = u"server settings the plan rests on, such as archive_timeout"_s },
        &Cluster::settings);
    t.add({ .key = u"strategy"_s, .kind = &anyText(), .about = u"how it is protected, in a sentence"_s },
        &Cluster::strategy);
    t.add({ .key = u"description"_s, .kind = &anyText(), .about = u"free words"_s }, &Cluster::description);
}

static Table<Cluster> makeCluster()
{
    Table<Cluster> t(u"cluster"_s);
    addWhere(t);
    addPlan(t);
    return t;
}

const Table<Objectives> &objectivesTable()
{
    static const Table<Objectives> table = makeObjectives();
    return table;
}

const Table<ConnectSpec> &connectTable()
{
    static const Table<ConnectSpec> table = makeConnect();
    return table;
}

const Table<Host> &hostTable()
{
    static const Table<Host> table = makeHost();
    return table;
}

const Table<Cluster> &clusterTable()
{
    static const Table<Cluster> table = makeCluster();
    return table;
}

} // namespace tidemark::fleetfile
