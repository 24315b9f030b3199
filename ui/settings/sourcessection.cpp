#include "settings/sections.h"
#include "settings/settingsfields.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/confirmation.h"
#include "widgets/secretquestion.h"

#include <QBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

SourcesSection::SourcesSection(PageContext context, PendingChanges *pending, QWidget *parent)
    : ItemSection(std::move(context), pending, tr("Sources"), parent)
    , m_test(makeButton(tr("Test connection")))
    , m_certificate(makeButton(tr("Read certificate…")))
    , m_secret(makeButton(tr("Secret…")))
    , m_tasks(m_context.inFlight)
{
    for (QPushButton *button : { m_test, m_certificate, m_secret })
        actions()->addWidget(button);
    actions()->addStretch();
    offerToChange({ .title = tr("Add a backup server"),
        .nameLabel = tr("Name in the fleet"),
        .valueLabel = tr("Address"),
        .valueHint = u"https://pbs01.example.org:8007"_s,
        .edits = [this](const QString &name, const QString &url) {
            return std::vector<FleetEdit> { { itemPath(name) + QStringList { u"kind"_s }, u"pbs"_s },
                { itemPath(name) + QStringList { u"url"_s }, url } };
        } });
    connect(m_test, &QPushButton::clicked, this, &SourcesSection::test);
    connect(m_certificate, &QPushButton::clicked, this, &SourcesSection::readCertificate);
    connect(m_secret, &QPushButton::clicked, this, &SourcesSection::askSecret);
}

QStringList SourcesSection::names(const Fleet &fleet) const
{
    QStringList all;
    for (const Source &source : fleet.sources)
        all.append(source.name);
    return all;
}

QStringList SourcesSection::itemPath(const QString &name) const
{
    return { u"sources"_s, name };
}

// That of the clusters it keeps; when they differ, or none is named, it counts as production.
Environment SourcesSection::environmentOf(const QString &name) const
{
    const auto found = std::ranges::find(fleet().sources, name, &Source::name);
    std::optional<Environment> common;
    for (const QString &kept : found == fleet().sources.end() ? QStringList() : found->clusters) {
        const Cluster *cluster = m_context.fleet->cluster(kept);
        const Environment one = cluster ? cluster->environment : Environment::Unset;
        if (common.value_or(one) != one)
            return Environment::Unset;
        common = one;
    }
    return common.value_or(Environment::Unset);
}

std::vector<Field> SourcesSection::fields(const QString &name, const Fleet &fleet) const
{
    const auto found = std::ranges::find(fleet.sources, name, &Source::name);
    return found == fleet.sources.end() ? std::vector<Field> {} : sourceFields(*found, fleet);
}

const Source *SourcesSection::source() const
{
    const auto found = std::ranges::find(fleet().sources, chosen(), &Source::name);
    return found == fleet().sources.end() ? nullptr : &*found;
}

void SourcesSection::itemShown(const QString &name)
{
    m_tasks.restart();
    const bool server = !name.isEmpty() && source()->kind == SourceKind::Pbs;
    for (QPushButton *button : { m_test, m_certificate, m_secret }) {
        button->setVisible(server);
        button->setEnabled(true);
    }
}

QWidget *SourcesSection::setterOf(const QStringList &field) const
{
    return field == QStringList { u"secret"_s } ? m_secret : nullptr;
}

void SourcesSection::test()
{
    m_tasks.restart();
    m_test->setEnabled(false);
    banner()->clear();
    const auto told = [this](const Result<PbsFacts> &answer) {
        m_test->setEnabled(true);
        if (!answer)
            return banner()->showError(tr("%1 does not answer").arg(chosen().simplified()), answer.error());
        const QString words = tr("Proxmox Backup Server %1 answers as %2, %n datastore(s) to be seen",
            nullptr, int(answer->datastores.size()))
                                  .arg(answer->version, answer->authId);
        if (answer->missing.empty())
            return banner()->showDone(words);
        banner()->showWarning(words, answer->missing.front().what);
    };
    m_tasks.start(
        m_context.backupServers->probe(typedSource(*form(), *source()), std::nullopt, m_tasks.token()), told);
}

void SourcesSection::readCertificate()
{
    m_tasks.restart();
    m_certificate->setEnabled(false);
    banner()->clear();
    const QString url = form()->typed({ u"url"_s });
    m_tasks.start(m_context.backupServers->certificate(url, m_tasks.token()),
        [this, url](const Result<CertificateFacts> &certificate) {
            m_certificate->setEnabled(true);
            if (!certificate)
                return banner()->showError(tr("No certificate could be read"), certificate.error());
            confirm(url, *certificate);
        });
}

// Two lines of sixteen pairs: what a person can compare.
static QString inLines(const QString &fingerprint)
{
    const QStringList pairs = fingerprint.toUpper().split(u':');
    return pairs.first(pairs.size() / 2).join(u' ') + u'\n' + pairs.sliced(pairs.size() / 2).join(u' ');
}

static QString whyToCompare(bool first, bool same)
{
    if (first)
        return SourcesSection::tr("It shows this certificate. Compare it on the server before you trust it: "
                                  "proxmox-backup-manager cert info");
    if (same)
        return SourcesSection::tr(
            "It shows the confirmed certificate again, but has shown another one since, "
            "so nothing is sent to it. Find out why, and compare this one on the server "
            "before you trust it again: proxmox-backup-manager cert info");
    return SourcesSection::tr(
        "It shows another certificate than the one that was confirmed. Compare it on the "
        "server before you trust it: proxmox-backup-manager cert info");
}

// The same one again changes nothing in the file; then its source is asked at once.
void SourcesSection::trust(const QString &url, const QString &fingerprint)
{
    m_context.backupServers->confirm(url, fingerprint);
    form()->type({ u"fingerprint"_s }, fingerprint);
    m_context.monitor->tryNow(chosen());
    if (m_context.catalogue)
        m_context.catalogue->tryNow(chosen());
}

void SourcesSection::confirm(const QString &url, const CertificateFacts &certificate)
{
    const QString before = form()->typed({ u"fingerprint"_s });
    const bool same = before.compare(certificate.fingerprint, Qt::CaseInsensitive) == 0;
    if (same && !certificate.changedBefore)
        return banner()->showDone(tr("The server shows the fingerprint that was confirmed"));
    auto *dialog = new ConfirmationDialog({ .environment = environmentOf(chosen()),
                                              .target = url,
                                              .title = tr("Is this your server?"),
                                              .text = whyToCompare(before.isEmpty(), same),
                                              .command = inLines(certificate.fingerprint),
                                              .act = tr("Trust this fingerprint"),
                                              .keep = tr("Not my server") },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
        [this, url, fingerprint = certificate.fingerprint] { trust(url, fingerprint); });
    dialog->open();
}

void SourcesSection::askSecret()
{
    const QString name = chosen();
    auto *question = new SecretQuestion(tr("Secret of %1").arg(name.simplified()),
        tr("The token's secret or the password. It goes to the desktop's keyring; the fleet file holds its "
           "name only."),
        this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->offerToKeep(false);
    connect(question, &QDialog::accepted, this,
        [this, question, name] { keepSecret(name, question->answer().secret); });
    question->open();
}

void SourcesSection::keepSecret(const QString &name, Secret secret)
{
    const auto about = std::ranges::find(fleet().sources, name, &Source::name);
    if (about == fleet().sources.end())
        return;
    const bool named = !about->secret.isEmpty();
    const QString key = named ? about->secret : u"pbs/"_s + name;
    m_tasks.start(m_context.secrets->write(key, std::move(secret), m_tasks.token()),
        [this, name, key, named](const Result<> &written) {
            if (!written)
                return banner()->showError(tr("The secret holds for this session only"), written.error());
            if (!named)
                m_pending->add({ { u"sources"_s, name, u"secret"_s }, key });
            banner()->showDone(tr("The keyring holds the secret as \"%1\"").arg(key));
        });
}

} // namespace tidemark
