#include "hosts/child.h"

#include <QDeadlineTimer>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tidemark {

namespace {

constexpr std::size_t Portion = 64 << 10;
constexpr qsizetype LastWords = 64 << 10;
constexpr int Breath = 100; // milliseconds between two looks at whether it is still wanted

class Descriptor
{
public:
    Descriptor() = default;
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    Descriptor(Descriptor &&other) noexcept
        : m_number(std::exchange(other.m_number, -1))
    {
    }
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor() { close(); }
    void close()
    {
        if (m_number >= 0)
            ::close(std::exchange(m_number, -1));
    }
    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] bool open() const { return m_number >= 0; }

private:
    int m_number = -1;
};

struct Pipe {
    Descriptor read;
    Descriptor write;

    Pipe()
    {
        std::array<int, 2> ends { -1, -1 };
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            return;
        read = Descriptor(ends[0]);
        write = Descriptor(ends[1]);
    }
};

struct Pipes {
    Pipe in;
    Pipe out;
    Pipe err;
    Pipe trouble; // carries an errno when the program could not be started
};

// After fork, before exec: only calls that are safe there.
[[noreturn]] void becomeProgram(const Pipes &pipes, char *const *words, pid_t parent)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(125);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    signal(SIGPIPE, SIG_DFL);
    dup2(pipes.in.read.number(), STDIN_FILENO);
    dup2(pipes.out.write.number(), STDOUT_FILENO);
    dup2(pipes.err.write.number(), STDERR_FILENO);
    execvp(words[0], words);
    const int problem = errno;
    static_cast<void>(!write(pipes.trouble.write.number(), &problem, sizeof problem));
    _exit(127);
}

// A write to a pipe nobody reads must not end the program; this thread only.
void ignoreBrokenPipes()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void neverWait(const Descriptor &descriptor)
{
    fcntl(descriptor.number(), F_SETFL, O_NONBLOCK);
}

class Child
{
public:
    Child(const ChildSpec &spec, const std::function<bool(QByteArrayView)> &take)
        : m_spec(spec)
        , m_take(take)
        , m_deadline(spec.limit ? QDeadlineTimer(*spec.limit) : QDeadlineTimer(QDeadlineTimer::Forever))
        , m_buffer(Portion)
    {
    }

    ChildEnd run()
    {
        ignoreBrokenPipes();
        if (!start())
            return m_end;
        while (!m_ended && !m_end.timedOut && !m_end.unwanted)
            turn();
        if (m_ended)
            drain();
        else
            kill(-m_pid, SIGKILL);
        reap();
        return m_end;
    }

private:
    bool start()
    {
        std::vector<char *> words;
        QByteArrayList copies = m_spec.words;
        for (QByteArray &word : copies)
            words.push_back(word.data());
        words.push_back(nullptr);
        const pid_t parent = getpid();
        m_pid = fork();
        if (m_pid == 0)
            becomeProgram(m_pipes, words.data(), parent);
        if (m_pid < 0) {
            m_end.notStarted = errno;
            return false;
        }
        m_pipes.in.read.close();
        m_pipes.out.write.close();
        m_pipes.err.write.close();
        m_pipes.trouble.write.close();
        return started();
    }

    bool started()
    {
        int problem = 0;
        if (read(m_pipes.trouble.read.number(), &problem, sizeof problem) == sizeof problem) {
            m_end.notStarted = problem;
            reap();
            return false;
        }
        m_handle = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, m_pid, 0)));
        neverWait(m_pipes.in.write);
        neverWait(m_pipes.out.read);
        neverWait(m_pipes.err.read);
        if (m_spec.input.isEmpty())
            m_pipes.in.write.close();
        return true;
    }

    void turn()
    {
        std::array<pollfd, 4> places { { { m_pipes.out.read.number(), POLLIN, 0 },
            { m_pipes.err.read.number(), POLLIN, 0 }, { m_pipes.in.write.number(), POLLOUT, 0 },
            { m_handle.number(), POLLIN, 0 } } };
        const qint64 left
            = m_deadline.isForever() ? Breath : std::min<qint64>(m_deadline.remainingTime(), Breath);
        poll(places.data(), places.size(), static_cast<int>(left));
        if (places[2].revents != 0)
            writeSome();
        if (places[1].revents != 0)
            readWords();
        if (places[0].revents == 0)
            m_end.unwanted = m_end.unwanted || !m_take({});
        else
            readSome();
        m_ended = places[3].revents != 0;
        m_end.timedOut = m_deadline.hasExpired();
    }

    // What is left in the pipes when it has ended; nobody waits for grandchildren that hold them open.
    void drain()
    {
        while (!m_end.unwanted && readSome()) { }
        while (readWords()) { }
    }

    bool readSome()
    {
        const auto count = readFrom(m_pipes.out.read);
        if (count > 0 && !m_take(QByteArrayView(m_buffer.data(), count)))
            m_end.unwanted = true;
        return count > 0;
    }

    bool readWords()
    {
        const auto count = readFrom(m_pipes.err.read);
        if (count <= 0)
            return false;
        m_end.err.append(m_buffer.data(), count);
        if (m_end.err.size() > LastWords)
            m_end.err.remove(0, m_end.err.size() - LastWords);
        return true;
    }

    ssize_t readFrom(Descriptor &from)
    {
        if (!from.open())
            return 0;
        const auto count = read(from.number(), m_buffer.data(), m_buffer.size());
        if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
            from.close();
        return count;
    }

    void writeSome()
    {
        const QByteArrayView rest = QByteArrayView(m_spec.input).sliced(m_written);
        const auto count
            = write(m_pipes.in.write.number(), rest.data(), static_cast<std::size_t>(rest.size()));
        if (count > 0)
            m_written += count;
        if (m_written == m_spec.input.size() || (count < 0 && errno != EAGAIN && errno != EINTR))
            m_pipes.in.write.close();
    }

    void reap()
    {
        int status = 0;
        while (waitpid(m_pid, &status, 0) < 0 && errno == EINTR) { }
        m_end.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

    const ChildSpec &m_spec;
    const std::function<bool(QByteArrayView)> &m_take;
    QDeadlineTimer m_deadline;
    std::vector<char> m_buffer;
    Pipes m_pipes;
    Descriptor m_handle;
    pid_t m_pid = -1;
    qsizetype m_written = 0;
    bool m_ended = false;
    ChildEnd m_end;
};

} // namespace

ChildEnd runChild(const ChildSpec &spec, const std::function<bool(QByteArrayView)> &take)
{
    return Child(spec, take).run();
}

} // namespace tidemark
