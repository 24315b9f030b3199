#include "store/sqlworker.h"

namespace tidemark {

SqlWorker::SqlWorker()
{
    m_pool.setMaxThreadCount(1);
    m_pool.setExpiryTimeout(-1);
}

SqlWorker::~SqlWorker()
{
    m_pool.start([held = m_held] {
        held->database.reset();
        held->lock.reset();
    });
    m_pool.waitForDone();
}

} // namespace tidemark
