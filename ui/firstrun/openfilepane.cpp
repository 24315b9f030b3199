#include "firstrun/openfilepane.h"

#include "firstrun/stephead.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/figures.h"
#include "widgets/textlabel.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString droppedFile(const QMimeData *data)
{
    const auto urls = data->urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

} // namespace

OpenFilePane::OpenFilePane(PageContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(std::move(context))
    , m_path(new QLineEdit)
    , m_banner(new Banner)
    , m_problemsTitle(new TextLabel(tr("What must be mended"), FontRole::Strong))
    , m_problems(new QPlainTextEdit)
    , m_examples(new QListWidget)
    , m_examplesPane(new QWidget)
    , m_tasks(m_context.inFlight)
{
    setAcceptDrops(true);
    m_banner->setObjectName(u"fileBanner"_s);
    m_problems->setObjectName(u"problems"_s);
    m_problems->setReadOnly(true);
    m_problems->setTabChangesFocus(true);
    m_problems->setAccessibleName(tr("Problems of the fleet file, by line"));
    m_problems->setFont(Theme::of(this).font(FontRole::Mono));
    m_examples->setObjectName(u"examples"_s);
    m_examples->setAccessibleName(tr("Example fleets"));
    m_examples->setMaximumHeight(Theme::of(this).px(170));
    auto *what = new TextLabel(
        tr("A fleet file says which servers, sources and objectives belong together. It holds no "
           "passwords, only their names. Drop one here, or choose it. Nothing of it is used "
           "until all of it is valid."),
        FontRole::Interface, Token::T2);
    what->setWordWrap(true);
    auto *openExampleButton = makeButton(tr("Open a read-only copy"));
    openExampleButton->setObjectName(u"openExample"_s);
    auto *examples = new QVBoxLayout(m_examplesPane);
    examples->setContentsMargins(0, 8, 0, 0);
    examples->addWidget(new TextLabel(tr("Examples to look at"), FontRole::Strong));
    examples->addWidget(m_examples);
    examples->addWidget(openExampleButton, 0, Qt::AlignLeft);
    m_examplesPane->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 14, 20, 16);
    column->setSpacing(12);
    column->addWidget(new TextLabel(tr("Open a fleet file"), FontRole::PageTitle));
    column->addWidget(what);
    column->addWidget(pathRow());
    column->addWidget(m_banner);
    column->addWidget(m_problemsTitle);
    column->addWidget(m_problems, 1000);
    column->addSpacing(8);
    column->addWidget(m_examplesPane);
    column->addStretch(1);
    m_problemsTitle->hide();
    m_problems->hide();
    connect(openExampleButton, &QPushButton::clicked, this, &OpenFilePane::openExample);
    connect(m_examples, &QListWidget::itemActivated, this, &OpenFilePane::openExample);
}

QWidget *OpenFilePane::pathRow()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    m_path->setObjectName(u"fleetPath"_s);
    m_path->setFont(Theme::of(this).font(FontRole::Mono));
    m_path->setPlaceholderText(u"~/fleet.yaml"_s);
    auto *browseButton = makeButton(tr("Browse…"));
    browseButton->setObjectName(u"browseFleet"_s);
    auto *openButton = makeButton(tr("Open"), ButtonKind::Primary);
    openButton->setObjectName(u"openFleet"_s);
    line->addWidget(fieldLabel(tr("&File"), m_path));
    line->addWidget(m_path, 1);
    line->addWidget(browseButton);
    line->addWidget(openButton);
    connect(browseButton, &QPushButton::clicked, this, &OpenFilePane::browse);
    connect(openButton, &QPushButton::clicked, this, [this] { openPath(m_path->text()); });
    connect(m_path, &QLineEdit::returnPressed, this, [this] { openPath(m_path->text()); });
    return row;
}

void OpenFilePane::begin()
{
    if (m_examples->count() == 0 && m_context.files)
        listExamples();
    m_path->setFocus();
}

void OpenFilePane::listExamples()
{
    m_tasks.start(m_context.files->examples(m_tasks.token()), [this](const Result<QStringList> &paths) {
        if (!paths)
            return;
        for (const QString &path : *paths) {
            auto *item = new QListWidgetItem(QFileInfo(path).completeBaseName(), m_examples);
            item->setData(Qt::UserRole, path);
        }
        m_examplesPane->setVisible(m_examples->count() > 0);
        m_examples->setCurrentRow(0);
    });
}

void OpenFilePane::openExample()
{
    const QListWidgetItem *item = m_examples->currentItem();
    if (!item)
        return;
    m_tasks.start(m_context.files->readOnlyCopy(item->data(Qt::UserRole).toString(), m_tasks.token()),
        [this](const Result<QString> &copy) {
            if (copy)
                openPath(*copy);
            else
                m_banner->showError(tr("The example could not be copied"), copy.error());
        });
}

void OpenFilePane::browse()
{
    auto *dialog = new QFileDialog(
        window(), tr("Open a fleet file"), QDir::homePath(), tr("Fleet files (*.yaml *.yml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &OpenFilePane::openPath);
    dialog->open();
}

void OpenFilePane::openPath(const QString &typed)
{
    QString path = typed.trimmed();
    if (path.startsWith(u"~/"_s))
        path = QDir::homePath() + path.mid(1);
    setInvalid(m_path, path.isEmpty());
    if (path.isEmpty())
        return m_path->setFocus();
    m_path->setText(path);
    m_banner->clear();
    m_problems->hide();
    m_problemsTitle->hide();
    m_tasks.restart();
    m_tasks.start(m_context.fleetFile->load(path, m_tasks.token()),
        [this, path](const Result<LoadedFleet> &fleet) { loaded(path, fleet); });
}

void OpenFilePane::loaded(const QString &path, const Result<LoadedFleet> &fleet)
{
    if (fleet) {
        m_context.preferences->setText(u"fleet"_s, path);
        return m_context.fleet->open(path, *fleet);
    }
    const bool invalid = fleet.error().code == u"fleet.invalid";
    if (!invalid)
        return m_banner->showError(tr("%1 cannot be opened").arg(oneLine(path)), fleet.error());
    m_banner->showWarning(
        tr("The fleet file has mistakes"), tr("Nothing of it is used until each line is mended."));
    m_banner->addAction(tr("Read it again"), [this] { openPath(m_path->text()); });
    m_problems->setPlainText(fleet.error().detail);
    m_problems->show();
    m_problemsTitle->show();
}

void OpenFilePane::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void OpenFilePane::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    openPath(droppedFile(event->mimeData()));
}

} // namespace tidemark
