#include "firstrun/setupwords.h"

#include "fleet/access.h"
#include "fleet/answers.h"
#include "theme/errortext.h"
#include "theme/fills.h"
#include "widgets/figures.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QStringList SetupWords::headers()
{
    return { {}, tr("Service"), tr("Host and port"), tr("Version"), tr("Environment"), tr("Access") };
}

QString SetupWords::environment(Environment environment)
{
    return environment == Environment::Unset ? tr("Choose…") : environmentWords(environment);
}

Cell SetupWords::versionCell(const SetupServer &server)
{
    Cell cell;
    if (!server.facts) {
        cell.text = u"–"_s;
        return cell;
    }
    cell.text = tr("PG %1").arg(server.facts->versionNumber / 10000);
    cell.detail = server.facts->tls ? tr("TLS") : tr("no TLS");
    cell.tip = plainTip(server.facts->version);
    return cell;
}

Cell SetupWords::failedCell(const Error &error)
{
    Cell cell;
    cell.standing = Standing::Failed;
    cell.text = isRefusal(error) ? tr("password refused") : errorText(error).sentence;
    cell.action = isRefusal(error) ? tr("Password…") : tr("Try again");
    if (isRefusal(error) && error.code != u"pg.28P01" && error.code != u"pg.password-missing")
        cell.text = tr("login refused");
    cell.tip = plainTip(error.detail);
    return cell;
}

Cell SetupWords::accessCell(const SetupServer &server)
{
    Cell cell;
    if (server.testing) {
        cell.standing = Standing::Running;
        cell.text = tr("asking…");
        return cell;
    }
    if (server.error)
        return failedCell(*server.error);
    if (!server.facts) {
        cell.text = tr("not tested");
        cell.action = tr("Test");
        cell.standing = Standing::Unknown;
        return cell;
    }
    const Access access = accessOf(*server.facts);
    cell.standing = Standing::Quiet;
    cell.text = access.roles.isEmpty() ? tr("all it needs") : access.roles.join(u", "_s);
    if (access.lacking.isEmpty())
        return cell;
    cell.standing = Standing::Attention;
    cell.text = access.level == AccessLevel::Limited
        ? tr("pg_monitor missing")
        : tr("%n rights missing", nullptr, int(access.lacking.size()));
    cell.action = tr("Show GRANT");
    cell.tip = plainTip(access.lacking.join(u'\n'));
    return cell;
}

Cell SetupWords::cell(const SetupServer &server, int column)
{
    Cell cell;
    switch (ServerTableModel::Column(column)) {
    case ServerTableModel::Column::Chosen:
        cell.tip = tr("Part of the fleet");
        break;
    case ServerTableModel::Column::Name:
        cell.text = oneLine(server.name);
        cell.tip = plainTip(server.name);
        break;
    case ServerTableModel::Column::Where:
        cell.text = oneLine(whereOf(server.connect));
        cell.tip = plainTip(cell.text);
        break;
    case ServerTableModel::Column::Version:
        return versionCell(server);
    case ServerTableModel::Column::Environment:
        cell.text = environment(server.environment);
        cell.standing = server.environment == Environment::Unset ? Standing::Attention : Standing::None;
        break;
    case ServerTableModel::Column::Access:
        return accessCell(server);
    case ServerTableModel::Column::Count:
        break;
    }
    return cell;
}

QString SetupWords::obstacle(const SetupServer &server)
{
    switch (setupState(server)) {
    case SetupState::NeedsEnvironment:
        return tr("Say whether it is production. Tidemark never guesses this; the red edge depends on it.");
    case SetupState::NeedsGrant:
        return tr("It answers, but does not show %1. Show GRANT has the statements.")
            .arg(oneLine(accessOf(*server.facts).lacking.join(u", "_s)));
    case SetupState::Refused:
        return tr("%1. Password… asks for another one.", "the server's words")
            .arg(oneLine(
                server.error->detail.isEmpty() ? errorText(*server.error).sentence : server.error->detail));
    case SetupState::Failed:
        return tr("%1. %2", "the server's words, what to do")
            .arg(oneLine(server.error->detail.isEmpty() ? errorText(*server.error).sentence
                                                        : server.error->detail),
                errorText(*server.error).hint);
    case SetupState::Untested:
    case SetupState::Testing:
    case SetupState::Ready:
        break;
    }
    return {};
}

} // namespace tidemark
