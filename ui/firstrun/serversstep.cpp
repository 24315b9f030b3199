#include "firstrun/serversstep.h"

#include "firstrun/passworddialog.h"
#include "firstrun/servertable.h"
#include "firstrun/setupwords.h"
#include "firstrun/stephead.h"
#include "fleet/access.h"
#include "fleet/answers.h"
#include "fleet/servicefile.h"
#include "theme/errortext.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/copydialog.h"
#include "widgets/figures.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QDir>
#include <QFileDialog>
#include <QIntValidator>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QLineEdit *field(const QString &name, const QString &hint, int width)
{
    auto *edit = new QLineEdit;
    edit->setObjectName(name);
    edit->setPlaceholderText(hint);
    edit->setFont(Theme::of(edit).font(FontRole::Mono));
    edit->setMinimumWidth(Theme::of(edit).px(qMin(width, 80)));
    edit->setMaximumWidth(Theme::of(edit).px(width));
    return edit;
}

QHBoxLayout *lineIn(QWidget *row)
{
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    return line;
}

QString tilde(const QString &path)
{
    return path.startsWith(QDir::homePath() + u'/') ? u'~' + path.mid(QDir::homePath().size()) : path;
}

} // namespace

ServersStep::ServersStep(PageContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(std::move(context))
    , m_model(new ServerTableModel(SetupWords::cell, this))
    , m_table(new ServerTable(m_model))
    , m_head(new StepHead(1, tr("PostgreSQL"), {}))
    , m_way(new SegmentedControl({ tr("Service file"), tr("Host"), tr("Connection string") }))
    , m_fields(new QStackedWidget)
    , m_path(field(u"servicePath"_s, {}, 300))
    , m_count(new TextLabel({}, FontRole::Secondary, Token::T3))
    , m_host(field(u"host"_s, tr("host, address or socket folder"), 230))
    , m_port(field(u"port"_s, u"5432"_s, 70))
    , m_database(field(u"database"_s, tr("database"), 120))
    , m_user(field(u"user"_s, tr("role"), 120))
    , m_uri(field(u"uri"_s, u"postgresql://role@host:5432/database"_s, 460))
    , m_testAll(makeButton(tr("Test all"), ButtonKind::Normal, u"refresh"_s))
    , m_banner(new Banner)
    , m_tasks(m_context.inFlight)
{
    m_way->setObjectName(u"serverWay"_s);
    m_way->setAccessibleName(tr("How servers are found"));
    m_testAll->setObjectName(u"testAll"_s);
    m_banner->setObjectName(u"serverObstacle"_s);
    m_model->setHeaders(SetupWords::headers());
    auto *head = new QWidget;
    auto *inside = new QVBoxLayout(head);
    inside->setContentsMargins(20, 10, 20, 10);
    inside->setSpacing(10);
    inside->addWidget(m_head);
    inside->addWidget(ways());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_table, 1);
    column->addWidget(m_banner);
    connect(m_table, &ServerTable::linkWanted, this, &ServersStep::openLink);
    connect(m_model, &ServerTableModel::edited, this, &ServersStep::follow);
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ServersStep::sayObstacle);
    follow();
}

QWidget *ServersStep::ways()
{
    auto *row = new QWidget;
    auto *line = new QBoxLayout(QBoxLayout::LeftToRight, row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    m_ways = line;
    m_fields->addWidget(serviceFields());
    m_fields->addWidget(hostFields());
    m_fields->addWidget(uriFields());
    m_fields->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    line->addWidget(m_way, 0, Qt::AlignLeft);
    line->addWidget(m_fields, 1);
    line->addWidget(m_testAll, 0, Qt::AlignLeft);
    connect(m_way, &SegmentedControl::currentChanged, m_fields, &QStackedWidget::setCurrentIndex);
    connect(m_testAll, &QPushButton::clicked, this, &ServersStep::testAll);
    return row;
}

// With large text the fields go below the ways.
void ServersStep::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool beside = width() >= Theme::of(this).px(800);
    m_ways->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

QWidget *ServersStep::serviceFields()
{
    auto *row = new QWidget;
    auto *line = lineIn(row);
    auto *browseButton = makeButton(tr("Browse…"));
    browseButton->setObjectName(u"browseServices"_s);
    m_path->setAccessibleName(tr("Service file"));
    line->addWidget(m_path, 1);
    line->addWidget(m_count);
    line->addWidget(browseButton);
    line->addStretch();
    connect(browseButton, &QPushButton::clicked, this, &ServersStep::browse);
    connect(m_path, &QLineEdit::returnPressed, this, [this] {
        QString path = m_path->text();
        if (path.startsWith(u"~/"_s))
            path = QDir::homePath() + path.mid(1);
        readServiceFile(path);
    });
    return row;
}

QWidget *ServersStep::hostFields()
{
    auto *row = new QWidget;
    auto *line = lineIn(row);
    m_port->setValidator(new QIntValidator(1, 65535, m_port));
    m_host->setAccessibleName(tr("Host"));
    m_port->setAccessibleName(tr("Port"));
    m_database->setAccessibleName(tr("Database"));
    m_user->setAccessibleName(tr("Role"));
    auto *addButton = makeButton(tr("Add"));
    addButton->setObjectName(u"addHost"_s);
    for (QWidget *part : std::initializer_list<QWidget *> { m_host, m_port, m_database, m_user, addButton })
        line->addWidget(part);
    line->addStretch();
    connect(addButton, &QPushButton::clicked, this, &ServersStep::addHost);
    for (QLineEdit *edit : { m_host, m_port, m_database, m_user })
        connect(edit, &QLineEdit::returnPressed, this, &ServersStep::addHost);
    return row;
}

QWidget *ServersStep::uriFields()
{
    auto *row = new QWidget;
    auto *line = lineIn(row);
    m_uri->setAccessibleName(tr("Connection string"));
    auto *addButton = makeButton(tr("Add"));
    addButton->setObjectName(u"addUri"_s);
    line->addWidget(m_uri, 1);
    line->addWidget(addButton);
    line->addStretch();
    connect(addButton, &QPushButton::clicked, this, &ServersStep::addUri);
    connect(m_uri, &QLineEdit::returnPressed, this, &ServersStep::addUri);
    return row;
}

void ServersStep::browse()
{
    auto *dialog = new QFileDialog(window(), tr("Open a service file"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setFilter(QDir::Files | QDir::Hidden);
    connect(dialog, &QFileDialog::fileSelected, this, &ServersStep::readServiceFile);
    dialog->open();
}

void ServersStep::readServiceFile(const QString &path)
{
    m_path->setText(tilde(path));
    if (!m_context.files)
        return;
    m_tasks.start(m_context.files->read(path, m_tasks.token()),
        [this, path](const Result<QByteArray> &bytes) { takeServices(path, bytes); });
}

void ServersStep::takeServices(const QString &path, const Result<QByteArray> &bytes)
{
    m_fileTrouble.clear();
    if (!bytes) {
        m_count->setText({});
        const bool missing = bytes.error().kind == ErrorKind::NotFound;
        m_fileTrouble = missing
            ? tr("There is no service file at %1. Add servers by host or connection string.").arg(tilde(path))
            : tr("The service file cannot be read: %1. Browse to another one.").arg(bytes.error().detail);
        return follow();
    }
    const Services services = parseServices(*bytes);
    m_count->setText(tr("%n services", nullptr, int(services.list.size())));
    if (!services.problems.empty())
        m_fileTrouble
            = tr("Line %1 of the service file: %2. Mend it and read the file again.")
                  .arg(QString::number(services.problems.front().line), services.problems.front().text);
    // libpq looks services up in its own file only; from another one the parts are taken.
    const bool own = path == m_context.files->serviceFilePath();
    std::vector<SetupServer> rows = m_model->rows();
    for (const Service &service : services.list) {
        const bool known = m_model->find(service.name) >= 0;
        SetupServer server;
        server.name = service.name;
        server.connect = service.connect;
        if (!own)
            server.connect.service.clear();
        if (!known)
            rows.push_back(server);
    }
    m_model->setRows(rows);
    follow();
}

void ServersStep::addHost()
{
    const QString host = m_host->text().trimmed();
    setInvalid(m_host, host.isEmpty());
    if (host.isEmpty())
        return m_host->setFocus();
    ConnectSpec spec;
    spec.host = host;
    spec.port = m_port->text().toInt();
    spec.database = m_database->text();
    spec.user = m_user->text();
    add(spec);
    m_host->clear();
}

void ServersStep::addUri()
{
    const QString uri = m_uri->text().trimmed();
    const QUrl url(uri, QUrl::StrictMode);
    const bool form = uri.startsWith(u"postgresql://"_s) || uri.startsWith(u"postgres://"_s);
    const bool good = form && url.isValid() && url.password().isEmpty();
    setInvalid(m_uri, !good);
    m_fileTrouble.clear();
    if (!good)
        m_fileTrouble = !url.password().isEmpty()
            ? tr("A connection string must not carry a password. Take it out; Tidemark asks for it and keeps "
                 "it in the keyring.")
            : tr("A connection string begins with postgresql:// and names a host, as in "
                 "postgresql://role@host:5432/database.");
    if (!good) {
        sayObstacle();
        return m_uri->setFocus();
    }
    ConnectSpec spec;
    spec.uri = uri;
    add(spec);
    m_uri->clear();
}

void ServersStep::add(const ConnectSpec &spec)
{
    SetupServer server;
    server.connect = spec;
    server.name = nameFor(spec, m_model->rows());
    std::vector<SetupServer> rows = m_model->rows();
    rows.push_back(server);
    m_model->setRows(rows);
    follow();
    test(server.name, {}, false);
}

void ServersStep::testAll()
{
    const std::vector<SetupServer> rows = m_model->rows();
    for (const SetupServer &server : rows)
        if (server.chosen && !server.testing)
            test(server.name, {}, false);
}

void ServersStep::replace(const SetupServer &server)
{
    std::vector<SetupServer> rows = m_model->rows();
    for (SetupServer &row : rows)
        if (row.name == server.name)
            row = server;
    m_model->setRows(rows);
    follow();
}

void ServersStep::test(const QString &name, std::optional<Secret> password, bool keep)
{
    const int row = m_model->find(name);
    if (row < 0)
        return;
    SetupServer server = m_model->row(row);
    server.testing = true;
    replace(server);
    const std::optional<Secret> given = password;
    m_tasks.start(m_context.servers->probe(server.connect, {}, std::move(password), m_tasks.token()),
        [this, name, given, keep](const Result<ServerFacts> &facts) {
            tested(name, facts);
            if (facts && given && keep)
                keepPassword(name, *given);
        });
}

void ServersStep::tested(const QString &name, const Result<ServerFacts> &facts)
{
    const int row = m_model->find(name);
    if (row < 0)
        return;
    SetupServer server = m_model->row(row);
    server.testing = false;
    server.error.reset();
    server.facts.reset();
    if (facts)
        server.facts = *facts;
    else
        server.error = facts.error();
    replace(server);
}

void ServersStep::keepPassword(const QString &name, const Secret &password)
{
    SetupServer server = m_model->row(m_model->find(name));
    server.connect.secret = u"pg/"_s + name;
    replace(server);
    m_tasks.start(m_context.secrets->write(server.connect.secret, password, m_tasks.token()),
        [this](const Result<> &kept) {
            if (!kept)
                m_banner->showError(
                    tr("The password works, but the keyring did not take it; you will be asked again"),
                    kept.error());
        });
}

void ServersStep::openLink(int row)
{
    const SetupServer server = m_model->row(row);
    switch (setupState(server)) {
    case SetupState::Refused:
        return askPassword(server);
    case SetupState::Failed:
    case SetupState::Untested:
        return test(server.name, {}, false);
    case SetupState::Testing:
        return;
    case SetupState::NeedsEnvironment:
    case SetupState::NeedsGrant:
    case SetupState::Ready:
        break;
    }
    if (!server.facts || server.facts->missing.empty())
        return;
    auto *dialog = new CopyDialog(tr("What %1 does not show").arg(server.name),
        tr("Run this there as a role that may grant it, then test again. Without it: %1.")
            .arg(oneLine(accessOf(*server.facts).lacking.join(u", "_s))),
        grantsFor(server.facts->missing), window());
    dialog->open();
}

void ServersStep::askPassword(const SetupServer &server)
{
    auto *dialog
        = new PasswordDialog(tr("Password for %1").arg(server.name), whereOf(server.connect), window());
    const QString name = server.name;
    connect(dialog, &PasswordDialog::given, this,
        [this, name](const Secret &password, bool keep) { test(name, password, keep); });
    dialog->open();
}

// The server a person looks at comes first, then the first one that is kept from being opened.
const SetupServer *ServersStep::obstructed() const
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid() && m_model->row(current.row()).chosen
        && !SetupWords::obstacle(m_model->row(current.row())).isEmpty())
        return &m_model->row(current.row());
    for (const auto wanted : { SetupState::NeedsEnvironment, SetupState::Refused, SetupState::Failed })
        for (const SetupServer &server : m_model->rows())
            if (server.chosen && setupState(server) == wanted)
                return &server;
    return nullptr;
}

void ServersStep::sayObstacle()
{
    if (!m_fileTrouble.isEmpty())
        return m_banner->showWarning(m_fileTrouble);
    if (const SetupServer *server = obstructed())
        m_banner->showWarning(oneLine(server->name), SetupWords::obstacle(*server));
    else
        m_banner->clear();
}

void ServersStep::follow()
{
    const SetupTally counts = tally(m_model->rows());
    const int found = int(m_model->rows().size());
    m_head->setNote(found == 0 ? tr("none found yet")
                               : tr("%n servers found, %1 ready", nullptr, found).arg(counts.ready));
    m_testAll->setEnabled(counts.chosen > counts.testing);
    sayObstacle();
    Q_EMIT changed();
}

} // namespace tidemark
