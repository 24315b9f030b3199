#include "settings/sections.h"
#include "settings/settingsfields.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/secretquestion.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

ServersSection::ServersSection(PageContext context, PendingChanges *pending, QWidget *parent)
    : ClusterSection(std::move(context), pending, tr("Servers"), parent)
    , m_test(makeButton(tr("Test connection")))
    , m_password(makeButton(tr("Password…")))
    , m_forget(makeButton(tr("Forget password")))
    , m_tasks(m_context.inFlight)
{
    for (QPushButton *button : { m_test, m_password, m_forget })
        actions()->addWidget(button);
    actions()->addStretch();
    offerToChange({ .title = tr("Add a server"),
        .nameLabel = tr("Name in the fleet"),
        .valueLabel = tr("Host"),
        .valueHint = tr("name, address or socket folder"),
        .edits = [this](const QString &name, const QString &host) {
            return std::vector<FleetEdit> { { itemPath(name) + QStringList { u"connect"_s, u"host"_s },
                host } };
        } });
    connect(m_test, &QPushButton::clicked, this, &ServersSection::test);
    connect(m_password, &QPushButton::clicked, this, &ServersSection::askPassword);
    connect(m_forget, &QPushButton::clicked, this, &ServersSection::forgetPassword);
}

QStringList ClusterSection::names(const Fleet &fleet) const
{
    QStringList all;
    for (const Cluster &cluster : fleet.clusters)
        all.append(cluster.name);
    return all;
}

QStringList ClusterSection::itemPath(const QString &name) const
{
    return { u"clusters"_s, name };
}

Environment ClusterSection::environmentOf(const QString &name) const
{
    const Cluster *cluster = m_context.fleet->cluster(name);
    return cluster ? cluster->environment : Environment::Unset;
}

std::vector<Field> ServersSection::fields(const QString &name, const Fleet &fleet) const
{
    const auto found = std::ranges::find(fleet.clusters, name, &Cluster::name);
    return found == fleet.clusters.end() ? std::vector<Field> {} : serverFields(*found, fleet);
}

const Cluster *ServersSection::cluster() const
{
    return m_context.fleet->cluster(chosen());
}

void ServersSection::itemShown(const QString &name)
{
    m_tasks.restart();
    for (QPushButton *button : { m_test, m_password, m_forget })
        button->setVisible(!name.isEmpty());
    m_test->setEnabled(true);
    m_forget->setEnabled(!name.isEmpty() && !cluster()->connect.secret.isEmpty());
}

QWidget *ServersSection::setterOf(const QStringList &field) const
{
    return field == QStringList { u"connect"_s, u"secret"_s } ? m_password : nullptr;
}

void ServersSection::test()
{
    const ConnectSpec spec = typedConnection(*form(), cluster()->connect);
    const auto host = std::ranges::find(fleet().hosts, spec.via, &Host::name);
    const std::optional<Host> via = host == fleet().hosts.end() ? std::nullopt : std::optional(*host);
    m_tasks.restart();
    m_test->setEnabled(false);
    banner()->clear();
    m_tasks.start(m_context.servers->probe(spec, via, std::nullopt, m_tasks.token()),
        [this](const Result<ServerFacts> &answer) { showAnswer(answer); });
}

void ServersSection::showAnswer(const Result<ServerFacts> &answer)
{
    m_test->setEnabled(true);
    if (!answer)
        return banner()->showError(tr("%1 does not answer").arg(chosen().simplified()), answer.error());
    const QString tls = answer->tls ? answer->tlsVersion : tr("without TLS");
    if (answer->missing.empty()) {
        //: %1 the version of PostgreSQL, %2 a role, %3 "TLSv1.3" or "without TLS"
        return banner()->showDone(
            tr("PostgreSQL %1 answers as %2, %3").arg(answer->version, answer->role, tls));
    }
    QStringList grants;
    for (const MissingRight &right : answer->missing)
        grants.append(right.grant);
    banner()->showWarning(tr("PostgreSQL %1 answers as %2, %3").arg(answer->version, answer->role, tls),
        tr("%n thing(s) the role may not see", nullptr, int(grants.size())));
    banner()->addAction(
        tr("Copy GRANT"), [grants] { QGuiApplication::clipboard()->setText(grants.join(u'\n')); });
}

QString ServersSection::secretName(const Cluster &cluster) const
{
    return cluster.connect.secret.isEmpty() ? u"pg/"_s + cluster.name : cluster.connect.secret;
}

void ServersSection::askPassword()
{
    const QString name = chosen();
    auto *question = new SecretQuestion(tr("Password for %1").arg(name.simplified()),
        tr("It goes to the desktop's keyring; the fleet file holds its name only."), this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->offerToKeep(false);
    connect(question, &QDialog::accepted, this,
        [this, question, name] { keepPassword(name, question->answer().secret); });
    question->open();
}

void ServersSection::keepPassword(const QString &name, Secret password)
{
    const Cluster *about = m_context.fleet->cluster(name);
    if (!about)
        return;
    const QString secret = secretName(*about);
    const bool named = !about->connect.secret.isEmpty();
    m_tasks.start(m_context.secrets->write(secret, std::move(password), m_tasks.token()),
        [this, name, secret, named](const Result<> &written) {
            if (!written)
                return banner()->showError(tr("The password holds for this session only"), written.error());
            if (!named)
                m_pending->add({ { u"clusters"_s, name, u"connect"_s, u"secret"_s }, secret });
            banner()->showDone(tr("The keyring holds the password as \"%1\"").arg(secret));
        });
}

void ServersSection::forgetPassword()
{
    const QString secret = cluster()->connect.secret;
    m_tasks.start(
        m_context.secrets->remove(secret, m_tasks.token()), [this, secret](const Result<> &removed) {
            if (!removed)
                return banner()->showError(tr("The keyring did not forget the password"), removed.error());
            banner()->showDone(tr("The keyring has forgotten \"%1\"").arg(secret));
        });
}

ObjectivesSection::ObjectivesSection(PageContext context, PendingChanges *pending, QWidget *parent)
    : ClusterSection(std::move(context), pending, tr("Clusters"), parent)
{
}

std::vector<Field> ObjectivesSection::fields(const QString &name, const Fleet &fleet) const
{
    const auto found = std::ranges::find(fleet.clusters, name, &Cluster::name);
    return found == fleet.clusters.end() ? std::vector<Field> {} : objectiveFields(found->objectives);
}

} // namespace tidemark
