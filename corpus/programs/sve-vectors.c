// Scalable vectors, where the target has them: frames in units of the vector length.
extern int f(int);
#if defined(__ARM_FEATURE_SVE)
#include <arm_sve.h>
extern svint32_t of(svint32_t); extern svfloat64_t of_double(svfloat64_t); extern svbool_t of_predicate(svbool_t);
svint32_t across(svint32_t a, svint32_t b) { svint32_t c = of(a); svbool_t p = svptrue_b32(); return svadd_x(p, c, svmul_x(p, a, b)); }
int spilled(const int* p, int n) { svbool_t all = svptrue_b32(); svint32_t a = svld1(all, p); f(n); int r = (int)svaddv(all, a); return r + f(r); }
svint32_t many(svint32_t a, svint32_t b, svint32_t c, svint32_t d) { svbool_t p = svptrue_b32(); svint32_t e = of(a), g = of(b), h = of(c), i = of(d); return svadd_x(p, svmul_x(p, e, g), svmul_x(p, svadd_x(p, h, a), svsub_x(p, i, svadd_x(p, b, svadd_x(p, c, d))))); }
svbool_t predicates(svbool_t a, svbool_t b) { svbool_t c = of_predicate(a); return svand_z(c, a, of_predicate(b)); }
double with_locals(const double* p, int n) { double x[32]; extern void use(void*, ...); use(x); svbool_t all = svptrue_b64(); svfloat64_t a = svld1(all, p); use(x, n); return svaddv(all, a) + x[n]; }
double with_vla(const double* p, int n) { double x[n]; extern void use(void*, ...); use(x); svbool_t all = svptrue_b64(); svfloat64_t a = svld1(all, p); use(x, n); return svaddv(all, a) + x[0]; }
int takes(svint32_t a, int n) { int r = f(n); return r + (int)svaddv(svptrue_b32(), a); }
#endif
void loop(float* a, const float* b, int n) { for (int i = 0; i < n; i++) a[i] += b[i] * (float)i; }
int around_calls(int* a, int n) { int s = 0; for (int i = 0; i < n; i++) a[i] *= 3; s = f(n); for (int i = 0; i < n; i++) s += a[i]; return s; }
