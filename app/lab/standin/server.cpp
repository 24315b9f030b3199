#include "standin/server.h"

#include "standin/certificate.h"
#include "standin/connection.h"
#include "standin/router.h"
#include "standin/schedule.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QPointer>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTimer>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds SchedulePace { 5 };

QByteArray freshKey()
{
    QByteArray key(32, '\0');
    QRandomGenerator::system()->generate(key.begin(), key.end());
    return key;
}

class Listener : public QSslServer
{
public:
    std::function<void(QSslSocket *)> onSocket;

protected:
    // The first byte decides between TLS and plain HTTP, so encryption starts in the connection.
    void incomingConnection(qintptr handle) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSslConfiguration(sslConfiguration());
        if (!socket->setSocketDescriptor(handle)) {
            delete socket;
            return;
        }
        onSocket(socket);
    }
};

} // namespace

class Server::Impl : public QObject
{
public:
    explicit Impl(Options o)
        : options(std::move(o))
        , site(options.clock ? options.clock : [] { return QDateTime::currentSecsSinceEpoch(); })
        , dispatcher(site)
    {
        site.haste = options.haste;
        site.tasks.stepMs = options.stepMs;
        site.changed = [this] {
            if (!saveTimer.isActive())
                saveTimer.start(500);
        };
        saveTimer.setSingleShot(true);
        connect(&saveTimer, &QTimer::timeout, this, [this] { (void)save(); });
        connect(&scheduleTimer, &QTimer::timeout, this, [this] { startDueJobs(site); });
        listener.onSocket = [this](QSslSocket *socket) { adopt(socket); };
    }

    [[nodiscard]] QString stateFile() const { return QDir(options.folder).filePath(u"state.json"_s); }

    [[nodiscard]] Result<> load()
    {
        QFile file(stateFile());
        if (options.folder.isEmpty() || !file.exists()) {
            site.state.key = freshKey();
            site.state.pstart = QRandomGenerator::global()->bounded(100'000, 9'000'000);
            return {};
        }
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorKind::Internal, u"standin.state"_s, file.errorString());
        const auto state = stateFromJson(QJsonDocument::fromJson(file.readAll()).object());
        if (!state)
            return failure(
                ErrorKind::Invalid, u"standin.state"_s, u"%1 is no stand-in state"_s.arg(stateFile()));
        site.state = *state;
        site.tasks.adoptLeftovers();
        return {};
    }

    [[nodiscard]] bool save()
    {
        if (options.folder.isEmpty())
            return true;
        QSaveFile file(stateFile());
        return file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
            && file.write(QJsonDocument(toJson(site.state)).toJson(QJsonDocument::Compact)) > 0
            && file.commit();
    }

    [[nodiscard]] Result<> use(const Identity &fresh)
    {
        if (fresh.certificate.isNull() || fresh.key.isNull())
            return failure(
                ErrorKind::Internal, u"standin.certificate"_s, u"cannot make or keep a certificate"_s);
        identity = fresh;
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(identity.certificate);
        tls.setPrivateKey(identity.key);
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        tls.setProtocol(QSsl::TlsV1_2OrLater);
        listener.setSslConfiguration(tls);
        site.fingerprint = identity.fingerprint();
        site.certificatePem = identity.certificate.toPem();
        return {};
    }

    [[nodiscard]] Result<> start()
    {
        if (!options.folder.isEmpty() && !QDir().mkpath(options.folder))
            return failure(ErrorKind::Internal, u"standin.folder"_s, options.folder);
        if (auto loaded = load(); !loaded)
            return loaded;
        const Identity made = options.folder.isEmpty() ? makeIdentity(site.state.node)
                                                       : identityIn(options.folder, site.state.node);
        if (auto used = use(made); !used)
            return used;
        if (!listener.listen(QHostAddress(options.address), quint16(options.port)))
            return failure(ErrorKind::Unreachable, u"standin.port"_s, listener.errorString());
        site.port = listener.serverPort();
        if (options.schedules)
            scheduleTimer.start(SchedulePace);
        return {};
    }

    void adopt(QSslSocket *socket)
    {
        Connection::Ways ways;
        ways.answer = [this](const HttpRequest &request, const Connection::Answer &answer) {
            ++served;
            dispatcher.answer(request, answer);
        };
        ways.fault = [this](const QString &path) { return faults.takeFor(path); };
        ways.cutHandshake = [this] { return faults.takeHandshakeCut(); };
        ways.delay = [this](int ms) { return site.delay(ms); };
        ways.control = [this](const HttpRequest &request, HttpResponse &response) {
            return control(request, response);
        };
        ways.redirectTo = u"https://%1:%2"_s.arg(options.address).arg(site.port);
        connections.removeIf([](const QPointer<Connection> &c) { return c.isNull(); });
        connections.append(new Connection(socket, ways, this));
    }

    void closeAll()
    {
        for (const auto &connection : std::as_const(connections))
            delete connection.data();
        connections.clear();
    }

    [[nodiscard]] Result<> changeCertificate()
    {
        const Identity before = identity;
        auto changed = changeTo(makeIdentity(site.state.node));
        if (changed)
            previous = before;
        return changed;
    }

    [[nodiscard]] Result<> restoreCertificate()
    {
        if (previous.certificate.isNull())
            return failure(ErrorKind::NotFound, u"standin.certificate"_s, u"it was never changed"_s);
        return changeTo(previous);
    }

    [[nodiscard]] Result<> changeTo(const Identity &fresh)
    {
        if (!options.folder.isEmpty() && !saveIdentity(fresh, options.folder))
            return failure(ErrorKind::Internal, u"standin.certificate"_s, options.folder);
        // The caller may be one of the connections, so they are closed a little later.
        QTimer::singleShot(0, this, [this] { closeAll(); });
        return use(fresh);
    }

    // POST /standin/faults {"kind": …}, DELETE clears, GET lists. Apart from /api2, and only from loopback.
    bool control(const HttpRequest &request, HttpResponse &response)
    {
        if (request.path() != "/standin/faults")
            return false;
        response.type = "application/json";
        if (request.method == "DELETE") {
            faults.clear();
            site.apiDaemonDown = false;
        } else if (request.method == "POST" && !strike(QJsonDocument::fromJson(request.body).object())) {
            response.status = 400;
            response.body = "unknown fault";
            return true;
        }
        response.body
            = QJsonDocument(QJsonObject { { u"faults"_s, faults.list() } }).toJson(QJsonDocument::Compact);
        return true;
    }

    void expireTickets()
    {
        site.state.retiredKeys.append(site.state.key);
        site.state.key = freshKey();
    }

    bool strike(const QJsonObject &order)
    {
        const QString kind = order[u"kind"_s].toString();
        if (kind == u"expire-tickets") {
            expireTickets();
            return true;
        }
        if (kind == u"change-certificate")
            return changeCertificate().has_value();
        if (kind == u"restore-certificate")
            return restoreCertificate().has_value();
        if (kind == u"api-daemon-down") {
            site.apiDaemonDown = true;
            return true;
        }
        const auto fault = faultFromJson(order);
        if (fault)
            faults.add(*fault);
        return fault.has_value();
    }

    Options options;
    Site site;
    Dispatcher dispatcher;
    Faults faults;
    Identity identity;
    Identity previous; // before the last change
    QTimer saveTimer;
    QTimer scheduleTimer;
    Listener listener;
    QList<QPointer<Connection>> connections;
    int served = 0;
};

Server::Server(Options options)
    : m_impl(std::make_unique<Impl>(std::move(options)))
{
}

Server::~Server()
{
    stop();
}

Result<> Server::start()
{
    return m_impl->start();
}

void Server::stop()
{
    if (!m_impl->listener.isListening())
        return;
    m_impl->listener.close();
    m_impl->closeAll();
    (void)m_impl->save();
}

int Server::port() const
{
    return m_impl->site.port;
}

QString Server::url() const
{
    return u"https://%1:%2"_s.arg(m_impl->options.address).arg(port());
}

QString Server::fingerprint() const
{
    return m_impl->site.fingerprint;
}

Site &Server::site()
{
    return m_impl->site;
}

Faults &Server::faults()
{
    return m_impl->faults;
}

void Server::expireTickets()
{
    m_impl->expireTickets();
}

Result<> Server::changeCertificate()
{
    return m_impl->changeCertificate();
}

Result<> Server::restoreCertificate()
{
    return m_impl->restoreCertificate();
}

void Server::runDueJobs()
{
    startDueJobs(m_impl->site);
}

int Server::requestsServed() const
{
    return m_impl->served;
}

bool Server::save()
{
    return m_impl->save();
}

} // namespace tidemark::standin
