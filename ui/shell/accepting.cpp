#include "shell/accepting.h"

#include "theme/errortext.h"
#include "widgets/acceptdialog.h"
#include "widgets/figures.h"

#include <QSysInfo>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark {

Accepting::Accepting(PageContext context, QObject *parent)
    : QObject(parent)
    , m_context(std::move(context))
    , m_tasks(m_context.inFlight)
{
}

bool Accepting::isPossible() const
{
    return m_context.catalogue && m_context.catalogue->catalogue();
}

void Accepting::ask(const QString &occurrence, const QString &what, const QString &means, QWidget *over)
{
    auto *dialog = new AcceptDialog(what, means, over);
    connect(dialog, &QDialog::accepted, this, [this, dialog, occurrence] {
        const auto catalogue = m_context.catalogue ? m_context.catalogue->catalogue() : nullptr;
        if (!catalogue)
            return;
        const Acceptance acceptance { occurrence, dialog->reason(), personHere(), m_context.clock->now() };
        m_tasks.start(catalogue->accept(m_context.fleet->fleet().name, acceptance, m_tasks.token()),
            [this](const Result<> &done) { tell(done, tr("Accepted once")); });
    });
    dialog->open();
}

void Accepting::withdraw(const QString &occurrence)
{
    if (const auto catalogue = m_context.catalogue ? m_context.catalogue->catalogue() : nullptr)
        m_tasks.start(catalogue->withdraw(m_context.fleet->fleet().name, occurrence, m_tasks.token()),
            [this](const Result<> &done) { tell(done, tr("No longer accepted")); });
}

void Accepting::tell(const Result<> &done, const QString &words)
{
    if (done)
        m_context.catalogue->reload();
    Q_EMIT said(done ? words : errorText(done.error()).sentence + u": "_s + oneLine(done.error().detail));
}

QString personHere()
{
    const passwd *account = getpwuid(geteuid());
    const QString user = account ? QString::fromLocal8Bit(account->pw_name) : QString::number(geteuid());
    const QString host = QSysInfo::machineHostName();
    return host.isEmpty() ? user : user + u'@' + host;
}

QString acceptedWords(const Acceptance &accepted, const Clocks &clocks)
{
    return Accepting::tr("Accepted by %1 on %2: %3")
        .arg(oneLine(accepted.who), clocks.inTable(accepted.at), oneLine(accepted.reason));
}

QString acceptingMeans(const Finding &finding)
{
    if (losesMore(finding))
        return Accepting::tr("Accepted is what is lost so far: no alarm is raised for a day, and checks "
                             "only warn. If it still lasts then, it is told again.");
    if (finding.since)
        return Accepting::tr(
            "Accepted, it stays in the list and raises no alarm any more, here, in notifications "
            "and in checks. When it happens again it is told again.");
    return Accepting::tr(
        "Accepted, it stays in the list and raises no alarm, here, in notifications and in checks. "
        "If it still stands in %n days, it is told again.",
        nullptr, int(AcceptedFor.count()));
}

} // namespace tidemark
