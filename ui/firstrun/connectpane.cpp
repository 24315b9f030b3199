#include "firstrun/connectpane.h"

#include "firstrun/fleetedits.h"
#include "firstrun/pbsstep.h"
#include "firstrun/serversstep.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/figures.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString joined(const QStringList &parts)
{
    QStringList said = parts;
    said.removeAll(QString());
    return said.join(u", "_s);
}

QString counted(int count, const QString &words)
{
    return count == 0 ? QString() : words;
}

} // namespace

ConnectPane::ConnectPane(PageContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(std::move(context))
    , m_path(defaultPath())
    , m_servers(new ServersStep(m_context))
    , m_pbs(new PbsStep(m_context))
    , m_banner(new Banner)
    , m_later(makeButton(tr("Save, finish later")))
    , m_open(makeButton(tr("Open Overview"), ButtonKind::Primary))
    , m_tasks(m_context.inFlight)
{
    m_banner->setObjectName(u"saveBanner"_s);
    m_later->setObjectName(u"saveLater"_s);
    m_open->setObjectName(u"openOverview"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *steps = new QWidget;
    auto *inside = new QVBoxLayout(steps);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(0);
    inside->addWidget(m_servers, 9);
    inside->addWidget(m_pbs, 10);
    column->addWidget(makeScrolling(steps), 1);
    column->addWidget(m_banner);
    column->addWidget(footer());
    connect(m_servers, &ServersStep::changed, this, &ConnectPane::follow);
    connect(m_pbs, &PbsStep::changed, this, &ConnectPane::follow);
    connect(m_later, &QPushButton::clicked, this, [this] { save(false); });
    connect(m_open, &QPushButton::clicked, this, [this] { save(true); });
    follow();
}

QString ConnectPane::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/tidemark/fleet.yaml"_s;
}

ConnectPane::Entry ConnectPane::addEntry(QHBoxLayout *row)
{
    Entry entry { new GlyphMark(Glyph::OkQuiet), new TextLabel };
    entry.words->setElided();
    row->addWidget(entry.glyph);
    row->addWidget(entry.words);
    row->addSpacing(8);
    return entry;
}

void ConnectPane::say(const Entry &entry, int glyph, const QString &words)
{
    const auto shape = Glyph(glyph);
    entry.glyph->setGlyph(shape);
    entry.words->setText(words);
    const bool loud = shape == Glyph::Attention || shape == Glyph::Failed;
    entry.words->setRole(loud ? FontRole::Strong : FontRole::Interface);
    entry.words->setToken(loud ? textToken(shape) : Token::T1);
    entry.glyph->setVisible(!words.isEmpty());
    entry.words->setVisible(!words.isEmpty());
}

QWidget *ConnectPane::footer()
{
    auto *bar = new Footer;
    auto *words = new QWidget;
    words->setObjectName(u"tally"_s);
    auto *row = new QHBoxLayout(words);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_ready = addEntry(row);
    m_needs = addEntry(row);
    m_failed = addEntry(row);
    m_pbsEntry = addEntry(row);
    row->addStretch();
    auto *place = makeButton(tr("Save to…"), ButtonKind::Quiet);
    place->setObjectName(u"chooseFleetPath"_s);
    place->setToolTip(plainTip(m_path));
    connect(place, &QPushButton::clicked, this, &ConnectPane::choosePath);
    bar->addWords(words);
    bar->addButton(place);
    bar->addButton(m_later);
    bar->addButton(m_open);
    return bar;
}

void ConnectPane::begin()
{
    if (m_servers->servers().empty() && m_context.files)
        m_servers->readServiceFile(m_context.files->serviceFilePath());
}

void ConnectPane::follow()
{
    const SetupTally counts = tally(m_servers->servers());
    say(m_ready, int(counts.ready > 0 ? Glyph::OkQuiet : Glyph::Planned),
        tr("%n ready", nullptr, counts.ready));
    say(m_needs, int(Glyph::Attention),
        joined({ counted(counts.needEnvironment,
                     tr("%n without an environment", nullptr, counts.needEnvironment)),
            counted(counts.needGrant, tr("%n without a grant", nullptr, counts.needGrant)) }));
    say(m_failed, int(Glyph::Failed),
        joined({ counted(counts.refused, tr("%n refused", nullptr, counts.refused)),
            counted(counts.failed, tr("%n without an answer", nullptr, counts.failed)) }));
    switch (m_pbs->state()) {
    case PbsState::Empty:
        say(m_pbsEntry, int(Glyph::Planned), tr("no PBS yet"));
        break;
    case PbsState::Asking:
    case PbsState::Probing:
        say(m_pbsEntry, int(Glyph::Running), tr("asking PBS"));
        break;
    case PbsState::Untrusted:
        say(m_pbsEntry, int(Glyph::Planned), tr("PBS not trusted yet"));
        break;
    case PbsState::Partial:
        say(m_pbsEntry, int(Glyph::Attention), tr("PBS not complete"));
        break;
    case PbsState::Failed:
        say(m_pbsEntry, int(Glyph::Failed), tr("PBS failed"));
        break;
    case PbsState::Ready:
        say(m_pbsEntry, int(Glyph::OkQuiet), tr("PBS ready"));
        break;
    }
    m_open->setText(tr("Open Overview with %1").arg(counts.openable()));
    m_open->setEnabled(counts.openable() > 0);
    m_later->setEnabled(counts.chosen > 0 || m_pbs->source());
}

void ConnectPane::choosePath()
{
    auto *dialog
        = new QFileDialog(window(), tr("Write the fleet file to"), m_path, tr("Fleet files (*.yaml *.yml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"yaml"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { m_path = path; });
    dialog->open();
}

void ConnectPane::save(bool open)
{
    std::vector<SetupServer> servers;
    for (const SetupServer &server : m_servers->servers())
        if (open ? openable(server) : server.chosen)
            servers.push_back(server);
    const QString path = m_path;
    m_banner->clear();
    m_tasks.start(
        m_context.fleetFile->edit(path, {},
            editsFor(QFileInfo(path).completeBaseName(), servers, m_pbs->source()), m_tasks.token()),
        [this, path, open](const Result<LoadedFleet> &fleet) { written(path, open, fleet); });
}

void ConnectPane::written(const QString &path, bool open, const Result<LoadedFleet> &fleet)
{
    if (!fleet) {
        m_banner->showError(tr("The fleet file %1 was not written").arg(oneLine(path)), fleet.error());
        m_banner->addAction(tr("Save to another file…"), [this] { choosePath(); });
        if (fleet.error().kind == ErrorKind::Conflict)
            m_banner->setAside(tr("It exists already; open it instead, or choose another name"));
        return;
    }
    m_context.preferences->setText(u"fleet"_s, path);
    Q_EMIT saved(path, open);
    if (open)
        m_context.fleet->open(path, *fleet);
    else
        m_banner->showDone(tr("Saved to %1").arg(oneLine(path)));
}

} // namespace tidemark
