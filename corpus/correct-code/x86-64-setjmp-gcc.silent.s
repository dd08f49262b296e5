// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: setjmp returns twice, with the same frame both times
// c: #include <setjmp.h>
// c: extern jmp_buf b;
// c: int g(int);
// c: int f(int a) { if (setjmp(b)) return g(1); return g(a); }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	subq	$24, %rsp
	.cfi_def_cfa_offset 32
	movl	%edi, 12(%rsp)
	movl	$b, %edi
	call	_setjmp
	testl	%eax, %eax
	je	.L3
	movl	$1, %edi
	call	g
	addq	$24, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	ret
	.p2align 4
.L3:
	.cfi_restore_state
	movl	12(%rsp), %edi
	call	g
	addq	$24, %rsp
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
