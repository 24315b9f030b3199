#include "firstrun/labpane.h"

#include "firstrun/stephead.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/textlabel.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace tidemark {

LabPane::LabPane(PageContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(std::move(context))
    , m_folder(new QLineEdit(
          QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/tidemark/lab"_s))
    , m_start(makeButton(tr("Open practice lab"), ButtonKind::Primary, u"flask"_s))
    , m_stop(makeButton(tr("Stop building")))
    , m_lines(new QPlainTextEdit)
    , m_banner(new Banner)
    , m_tasks(m_context.inFlight)
{
    m_start->setObjectName(u"startLab"_s);
    m_stop->setObjectName(u"stopLab"_s);
    m_lines->setObjectName(u"labLines"_s);
    m_banner->setObjectName(u"labBanner"_s);
    m_lines->setReadOnly(true);
    m_lines->setTabChangesFocus(true);
    m_lines->setAccessibleName(tr("What is done"));
    m_lines->setFont(Theme::of(this).font(FontRole::MonoSmall));
    auto *what = new TextLabel(tr("Real PostgreSQL clusters with archives and backups, and a simulated "
                                  "backup server, on this machine only. "
                                  "One is healthy and had an accident, one lacks a WAL segment, one has "
                                  "dumps only, one is under pgBackRest. "
                                  "Break them and recover them; nothing else is touched."),
        FontRole::Interface, Token::T2);
    what->setWordWrap(true);
    auto *needs = new TextLabel(
        tr("Needs PostgreSQL's server programs, 1.2 GB in the folder and about half a minute. "
           "No rights of root. Removing the folder's lab: tidemark-lab down."),
        FontRole::Secondary, Token::T2);
    needs->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 14, 20, 16);
    column->setSpacing(12);
    column->addWidget(new TextLabel(tr("Practice lab"), FontRole::PageTitle));
    column->addWidget(what);
    column->addWidget(needs);
    column->addWidget(folderRow());
    column->addWidget(m_banner);
    column->addWidget(m_lines, 1000);
    column->addStretch(1);
    connect(m_start, &QPushButton::clicked, this, &LabPane::start);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_tasks.restart();
        setRunning(false);
        m_banner->showWarning(tr("Stopped"), tr("The next start takes up what is there."));
    });
    setRunning(false);
    m_lines->hide();
}

QWidget *LabPane::folderRow()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    m_folder->setObjectName(u"labFolder"_s);
    m_folder->setFont(Theme::of(this).font(FontRole::Mono));
    line->addWidget(fieldLabel(tr("&Folder"), m_folder));
    line->addWidget(m_folder, 1);
    line->addWidget(m_stop);
    line->addWidget(m_start);
    return row;
}

void LabPane::setRunning(bool running)
{
    m_start->setEnabled(!running);
    m_folder->setEnabled(!running);
    m_stop->setVisible(running);
}

void LabPane::start()
{
    setInvalid(m_folder, m_folder->text().trimmed().isEmpty());
    if (m_folder->text().trimmed().isEmpty())
        return m_folder->setFocus();
    if (!m_start->isEnabled())
        return;
    m_banner->clear();
    m_lines->clear();
    m_lines->show();
    setRunning(true);
    const QPointer<QPlainTextEdit> lines = m_lines;
    const std::function<void(QString)> line = [lines](const QString &said) {
        if (lines)
            lines->appendPlainText(said);
    };
    m_tasks.restart();
    m_tasks.start(m_context.lab->up(m_folder->text().trimmed(), line, m_tasks.token()),
        [this](const Result<QString> &fleetPath) { up(fleetPath); });
}

void LabPane::up(const Result<QString> &fleetPath)
{
    if (!fleetPath)
        return fail(tr("The practice lab did not come up"), fleetPath.error());
    openFleet(*fleetPath);
}

void LabPane::openFleet(const QString &path)
{
    m_tasks.start(
        m_context.fleetFile->load(path, m_tasks.token()), [this, path](const Result<LoadedFleet> &fleet) {
            if (!fleet)
                return fail(tr("The lab is up, but its fleet file cannot be read"), fleet.error());
            setRunning(false);
            m_context.preferences->setText(u"fleet"_s, path);
            m_context.fleet->open(path, *fleet);
        });
}

void LabPane::fail(const QString &title, const Error &error)
{
    setRunning(false);
    m_banner->showError(title, error);
    m_banner->addAction(tr("Try again"), [this] { start(); });
}

} // namespace tidemark
