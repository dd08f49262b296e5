// arch: x86-64
// rule: OH202
// expect: suspect OH302 f+0xd
// expect: suspect OH202 f+0x18
// expect: unproved call-convention f
// flags: clang-19 -O2
// source: clang-19 -O2, __attribute__((preserve_none)) int f(int x) { int a = g(1), b = g(x); return a + b; }
// why: the attribute, of which the object says nothing, asks to preserve rbp alone: x comes in r12, a lives in rbx

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset 16
	movl	$1, %edi
	callq	g
	movl	%eax, %ebx
	movl	%r12d, %edi
	callq	g
	addl	%ebx, %eax
	popq	%rcx
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
